package io.holdfast.session;

import akka.stream.Attributes;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.util.ByteString;

/**
 * A whole WebSocket connection in one stage: bytes in, bytes out, the session in between. Takes the place of Akka HTTP's own
 * chain of stages after the upgrade.
 */
public final class SocketStage extends GraphStage<FlowShape<ByteString, ByteString>> {
  private final Inlet<ByteString> in = Inlet.create("SocketStage.in");
  private final Outlet<ByteString> out = Outlet.create("SocketStage.out");
  private final FlowShape<ByteString, ByteString> shape = FlowShape.of(in, out);
  private final Node node;
  private final String session;

  /** {@code session} is the connection's id, unique in the cluster. */
  public SocketStage(Node node, String session) {
    this.node = node;
    this.session = session;
  }

  @Override
  public FlowShape<ByteString, ByteString> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes inheritedAttributes) {
    return new SocketLogic(shape, node, session);
  }
}
