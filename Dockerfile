# Build: docker build -t xize .      Run: see compose.yaml, or
#   docker run --read-only --tmpfs /tmp --cap-drop ALL -p 127.0.0.1:8080:8080 -v xize-data:/srv/data xize
FROM python:3.13-slim AS build
WORKDIR /build
RUN python -m venv /opt/xize
COPY requirements.txt ./
RUN /opt/xize/bin/pip install --no-cache-dir --require-hashes -r requirements.txt
COPY pyproject.toml README.md LICENSE requirements.in ./
COPY bot bot
COPY knowledge knowledge
COPY rules_engine rules_engine
COPY storage storage
RUN /opt/xize/bin/pip install --no-cache-dir --no-build-isolation --no-deps . \
    && /opt/xize/bin/pip uninstall --yes pip setuptools

FROM python:3.13-slim
LABEL org.opencontainers.image.title="Xize 细则" \
      org.opencontainers.image.description="Chat assistant for Shenzhen's cleaner-production audit rules" \
      org.opencontainers.image.licenses="MIT"
# A small font with Chinese characters, for pictures; and nothing stays that could install more.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends fontconfig fonts-wqy-microhei \
    && rm -rf /var/lib/apt/lists/* \
    && python -m pip uninstall --yes pip
RUN useradd --system --no-create-home --home-dir /srv --uid 10001 xize && install -d -o xize -g xize /srv/data /srv/data/tmp
COPY --from=build /opt/xize /opt/xize
ENV PATH=/opt/xize/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    XIZE_HTTP_HOST=0.0.0.0 XIZE_HTTP_PORT=8080 XIZE_LOG_FORMAT=json
WORKDIR /srv
USER xize
VOLUME /srv/data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=15s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen('http://127.0.0.1:' + os.environ['XIZE_HTTP_PORT'] + '/readyz', timeout=4)"]
STOPSIGNAL SIGTERM
CMD ["xize", "serve"]
