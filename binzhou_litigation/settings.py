"""Settings, all from the environment (a `.env` file is read if present); `.env.example` explains each name."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(BASE_DIR / ".env")

VERSION = "0.1.0"
DEBUG: bool = env.bool("DEBUG", default=False)
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)

REDIS_URL: str = env.str("REDIS_URL", default="")
EMBEDDED = not env.str("DATABASE_URL", default="")


def _fixed_day() -> date | None:
    """The day of `TODAY`, which only demonstrations and checks (with DEBUG) may set."""
    text = env.str("TODAY", default="") if DEBUG else ""
    return date.fromisoformat(text) if text else None


def _secret_key() -> str:
    """SECRET_KEY; without a database server a key of our own is made once and kept in DATA_DIR."""
    key: str = env.str("SECRET_KEY", default="")
    if key:
        return key
    if not EMBEDDED and not DEBUG:
        raise ImproperlyConfigured("Set SECRET_KEY (50 characters or more) in the environment or in .env.")
    path = DATA_DIR / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key())
    return path.read_text()


def _database() -> dict[str, Any]:
    """PostgreSQL by DATABASE_URL; else SQLite in DATA_DIR, in WAL mode with immediate transactions."""
    if not EMBEDDED:
        return dict(env.db("DATABASE_URL")) | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA_DIR / "db.sqlite3",
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000;",
        },
        # A file, so that threads and processes of a test see one database.
        "TEST": {"NAME": DATA_DIR / "test.sqlite3"},
    }


TODAY = _fixed_day()
SECRET_KEY = _secret_key()
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "testserver"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])
DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "rest_framework",
    "organisations",
    "cases",
    "courts",
    "supervision",
    "reports",
    "binzhou_litigation.apps.PlatformConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "organisations.middleware.SessionLimits",
    "organisations.middleware.SignInRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "organisations.middleware.ActiveRole",
    "organisations.middleware.PrivatePages",
    "organisations.middleware.DamagedFiles",
    "organisations.middleware.PlainAddresses",
    "axes.middleware.AxesMiddleware",
    "binzhou_litigation.lost_races.AnswerLostRaces",
]

ROOT_URLCONF = "binzhou_litigation.urls"
WSGI_APPLICATION = "binzhou_litigation.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "binzhou_litigation.context.shell",
            ]
        },
    }
]

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS: list[Any] = [BASE_DIR / "static"]
BOOTSTRAP = BASE_DIR / "node_modules" / "bootstrap" / "dist"
if BOOTSTRAP.exists():
    STATICFILES_DIRS.append(("vendor/bootstrap", BOOTSTRAP))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if not DEBUG:
    STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"}
WHITENOISE_USE_FINDERS = True

FILES_DIR = DATA_DIR / "files"
FONTS_DIRS = [Path(p) for p in env.list("FONTS_DIR", default=[])] + [DATA_DIR / "fonts"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# Who: accounts, passwords, sessions
AUTH_USER_MODEL = "organisations.User"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "email", "phone")},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "organisations.passwords.CharacterClassesValidator"},
    {"NAME": "organisations.passwords.NotUsedBeforeValidator"},
]
PASSWORD_LIFETIME = timedelta(days=90)
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "organisations.requests.client_address"
AXES_LOCKOUT_CALLABLE = "organisations.views.signing_in.locked_out"
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False

SESSION_IDLE = timedelta(minutes=30)
SESSION_IDLE_ADMINISTRATORS = timedelta(minutes=15)
SESSION_LIFETIME = timedelta(hours=12)
SESSION_COOKIE_AGE = int(SESSION_LIFETIME.total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

# TLS ends at the proxy in production; the embedded default serves one machine over plain HTTP.
BEHIND_TLS: bool = env.bool("BEHIND_TLS", default=not EMBEDDED and not DEBUG)
# How many proxies of our own stand in front and add to X-Forwarded-For; 0: browsers call directly.
TRUSTED_PROXIES: int = env.int("TRUSTED_PROXIES", default=1 if BEHIND_TLS else 0)
if BEHIND_TLS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "binzhou_litigation.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
    }
}

# Work in the background: Redis in production, files in DATA_DIR without any server.
CELERY_BROKER_URL = REDIS_URL or "filesystem://"
if not REDIS_URL:
    QUEUE_DIR = DATA_DIR / "queue"
    for folder in ("messages", "processed"):
        (QUEUE_DIR / folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(QUEUE_DIR / "messages"),
        "data_folder_out": str(QUEUE_DIR / "messages"),
        "control_folder": str(QUEUE_DIR / "control"),
        "processed_folder": str(QUEUE_DIR / "processed"),
    }
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "celerybeat-schedule")
# A tick, not a timetable: each task asks the database what is due, so a lost tick loses nothing.
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "supervision.tasks.sweep", "schedule": 600.0},
    "deliver": {"task": "supervision.tasks.deliver", "schedule": 60.0},
    "finish": {"task": "supervision.tasks.finish", "schedule": 60.0},
    "assess": {"task": "supervision.tasks.assess", "schedule": 60.0},
    "files": {"task": "supervision.tasks.check_files", "schedule": 3600.0},
}

EMAIL_URL: str = env.str("EMAIL_URL", default="")
if EMAIL_URL:
    vars().update(env.email("EMAIL_URL"))
EMAIL_TIMEOUT = 10
# A gateway for text messages: where to, and the secret with which every request is signed (docs/operations.md).
WEBHOOK_URL: str = env.str("WEBHOOK_URL", default="")
WEBHOOK_SECRET: str = env.str("WEBHOOK_SECRET", default="")
if WEBHOOK_URL and len(WEBHOOK_SECRET) < 32:  # noqa: PLR2004
    raise ImproperlyConfigured("WEBHOOK_SECRET must have 32 characters or more where WEBHOOK_URL is set.")
DEFAULT_FROM_EMAIL: str = env.str("FROM_EMAIL", default="noreply@localhost")
HELP_PHONE: str = env.str("HELP_PHONE", default="0543-0000000")

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "organisations.api.ApiTokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["organisations.api.HasPost"],
    "DEFAULT_FILTER_BACKENDS": ["organisations.api.StrictFilters"],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "PAGE_SIZE": 50,
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "binzhou_litigation.errors.problem",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "滨州市行政应诉“3632”工作平台",
    "VERSION": "v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "binzhou_litigation.openapi.with_problems",
    ],
    "ENUM_NAME_OVERRIDES": {
        "PaperKindEnum": "cases.models.Paper.Kind",
        "EntryKindEnum": "cases.models.PerformanceEntry.Kind",
        "HeadKindEnum": "rules.appearance.HeadKind",
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
