package io.holdfast.acceptance;

import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A node that all test classes asking for the same sort share, because starting one takes seconds. Says what it logged when a
 * test fails.
 */
final class SharedNode implements BeforeAllCallback, AfterTestExecutionCallback {
  static final String AUDIENCE = "holdfast-tests";

  private final String sort;
  private final UnaryOperator<NodeHome> setUp;
  private @Nullable Running running;

  private record Running(NodeHome home, NodeProcess node) implements AutoCloseable {
    @Override
    public void close() {
      node.close();
      home.close();
    }
  }

  private SharedNode(String sort, UnaryOperator<NodeHome> setUp) {
    this.sort = sort;
    this.setUp = setUp;
  }

  /** Dev mode: a token is the subject's name, {@code name#role} gives roles. */
  static SharedNode dev() {
    return new SharedNode("dev", home -> home.with("HOLDFAST_ORIGINS", "https://app.example.org"));
  }

  /** Signed tokens, as {@link Tokens} makes them. */
  static SharedNode withTokens() {
    return new SharedNode("tokens", home -> home.with("HOLDFAST_JWT_SECRET", Tokens.SECRET)
        .with("HOLDFAST_JWT_AUDIENCE", AUDIENCE));
  }

  /** Dev mode with limits low enough to run into. */
  static SharedNode strict() {
    return new SharedNode("strict", home -> home.conf("holdfast.session.hello-timeout = 3 s")
        .conf("holdfast.session.open = 3")
        .conf("holdfast.session.in-flight = 4")
        .conf("holdfast.session.frames-per-second = 200")
        .conf("holdfast.session.subject-frames-per-second = 300"));
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    running = context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(SharedNode.class))
        .getOrComputeIfAbsent(sort, name -> start(), Running.class);
  }

  private Running start() {
    NodeHome home = setUp.apply(NodeHome.create());
    return new Running(home, home.start());
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    if (context.getExecutionException().isPresent()) {
      List<String> log = node().process().err();
      System.err.println(String.join("\n", log.subList(Math.max(0, log.size() - 40), log.size())));
    }
  }

  NodeProcess node() {
    return java.util.Objects.requireNonNull(running).node();
  }

  HttpCalls http() {
    return node().http();
  }

  WireClient connect() {
    return node().connect();
  }

  WireClient connectAs(String subject) {
    return node().connectAs(subject);
  }
}
