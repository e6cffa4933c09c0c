package io.holdfast;

/** The environment variables that set one thing each, and where; each also as {@code …_FILE}, which names a file to read it from. */
enum Variable {
  HOLDFAST_HTTP_HOST("holdfast.http.host"),
  HOLDFAST_HTTP_PORT("holdfast.http.port"),
  HOLDFAST_OPS_HOST("holdfast.ops.host"),
  HOLDFAST_OPS_PORT("holdfast.ops.port"),
  HOLDFAST_CONF("holdfast.conf"),
  HOLDFAST_DATA("holdfast.data"),
  HOLDFAST_JDBC_URL("holdfast.jdbc.url"),
  HOLDFAST_JDBC_USER("holdfast.jdbc.user"),
  HOLDFAST_JDBC_PASSWORD("holdfast.jdbc.password"),
  HOLDFAST_JWT_SECRET("holdfast.auth.secret"),
  HOLDFAST_JWKS_URL("holdfast.auth.jwks-url"),
  HOLDFAST_JWT_ISSUER("holdfast.auth.issuer"),
  HOLDFAST_JWT_AUDIENCE("holdfast.auth.audience"),
  HOLDFAST_REMOTING_HOST("akka.remote.artery.canonical.hostname"),
  HOLDFAST_REMOTING_PORT("akka.remote.artery.canonical.port"),
  HOLDFAST_CLUSTER_BOOTSTRAP("holdfast.cluster.bootstrap"),
  HOLDFAST_APP_VERSION("akka.cluster.app-version"),
  HOLDFAST_LOG("holdfast.log");

  private final String path;

  Variable(String path) {
    this.path = path;
  }

  String path() {
    return path;
  }
}
