package io.holdfast.acceptance;

import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A node that all test classes asking for the same sort share, because starting one takes seconds. Fails a test in which it
 * logged an error.
 */
final class SharedNode
    implements BeforeAllCallback, BeforeTestExecutionCallback, AfterTestExecutionCallback {
  static final String AUDIENCE = "holdfast-tests";

  private final String sort;
  private final UnaryOperator<NodeHome> setUp;
  private @Nullable Running running;
  private int logged;

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
  public void beforeTestExecution(ExtensionContext context) {
    logged = log().size();
  }

  /** Whatever a client does, it is no error of the node's. */
  @Override
  public void afterTestExecution(ExtensionContext context) {
    List<String> log = log().subList(logged, log().size());
    if (context.getExecutionException().isPresent()) {
      System.err.println(String.join("\n", log));
    } else if (log.stream()
        .anyMatch(line -> line.contains(" ERROR ") || line.contains("Exception"))) {
      throw new AssertionError("the node logged: " + String.join("\n", log));
    }
  }

  private List<String> log() {
    return node().process().err();
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
