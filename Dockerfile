# Build: docker build -t xize .      Run: docker run -p 8080:8080 -v xize-data:/srv/data xize
FROM python:3.13-slim AS build
WORKDIR /build
COPY requirements.txt ./
RUN python -m venv /opt/xize && /opt/xize/bin/pip install --no-cache-dir --require-hashes -r requirements.txt
COPY pyproject.toml README.md LICENSE requirements.in ./
COPY bot bot
COPY knowledge knowledge
COPY rules_engine rules_engine
COPY storage storage
RUN /opt/xize/bin/pip install --no-cache-dir --no-build-isolation --no-deps . \
    && /opt/xize/bin/pip uninstall --yes pip setuptools

FROM python:3.13-slim
LABEL org.opencontainers.image.title="Xize" org.opencontainers.image.licenses="MIT"
RUN useradd --system --home-dir /srv --uid 10001 xize && install -d -o xize /srv/data
COPY --from=build /opt/xize /opt/xize
ENV PATH=/opt/xize/bin:$PATH PYTHONDONTWRITEBYTECODE=1 XIZE_HTTP_HOST=0.0.0.0
WORKDIR /srv
USER xize
VOLUME /srv/data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8080/readyz', timeout=4)"]
STOPSIGNAL SIGTERM
CMD ["xize", "serve"]
