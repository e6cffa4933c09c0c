package io.holdfast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import io.holdfast.document.Json;
import io.holdfast.document.JsonNull;
import io.holdfast.document.JsonObject;
import io.holdfast.document.JsonString;
import io.holdfast.document.JsonWriter;
import io.holdfast.protocol.ClientFrame;
import io.holdfast.protocol.Frame;
import io.holdfast.protocol.ServerFrames;
import java.lang.reflect.Method;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The published contract, {@code /openapi.json} and {@code /asyncapi.json}, against what the node does. */
final class ContractTest {
  @RegisterExtension
  static final SharedNode NODE = SharedNode.dev();

  private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

  private static ServerFrame openapi;
  private static ServerFrame asyncapi;

  private final HttpCalls http = NODE.http();

  @BeforeAll
  static void readTheContract() {
    openapi = new ServerFrame((JsonObject) NODE.http().get("/openapi.json").json());
    asyncapi = new ServerFrame((JsonObject) NODE.http().get("/asyncapi.json").json());
  }

  private static Set<String> names(ServerFrame in, String pointer) {
    Set<String> names = new TreeSet<>();
    ((JsonObject) in.at(pointer)).forEach((name, value) -> names.add(name));
    return names;
  }

  @Test
  void everyDocumentedCallIsThereAndAnswersWithADocumentedStatus() {
    String entity = Names.entity("note");
    http.put("/v1/state/" + entity, "{'title':'Hi'}", "Idempotency-Key", "contract");
    for (String path : names(openapi, "/paths")) {
      for (String method : names(openapi, "/paths/" + escaped(path))) {
        if (METHODS.contains(method)) {
          check(path, method, entity);
        }
      }
    }
  }

  private void check(String path, String method, String entity) {
    String real = path.replace("{kind}/{id}", entity)
        .replace("{kind}", "note")
        .replace("{client}", "nobody")
        .replace("{seq}", "1");
    int status =
        path.endsWith("/events") ? statusOfStream(real) : call(method, real).status();
    Set<String> documented =
        names(openapi, "/paths/" + escaped(path) + "/" + method + "/responses");

    assertThat(documented).as("%s %s", method, path).contains("" + status);
  }

  private HttpCalls.Answer call(String method, String path) {
    String type = method.equals("patch") ? "application/merge-patch+json" : "application/json";
    var body = method.equals("get") || method.equals("delete")
        ? BodyPublishers.noBody()
        : BodyPublishers.ofString("{}");
    HttpCalls.Answer answer =
        http.call(method.toUpperCase(Locale.ROOT), path, body, "Content-Type", type);
    assertThat(answer.text()).as(path).doesNotContain("\"path: ");
    assertThat(answer.status()).as(path).isNotEqualTo(405);
    return answer;
  }

  private int statusOfStream(String path) {
    try (EventStream events = EventStream.of(http, path)) {
      return events.status();
    }
  }

  private static String escaped(String token) {
    return token.replace("~", "~0").replace("/", "~1");
  }

  @Test
  void answersAreShapedAsDocumented() {
    String note = "/v1/state/" + Names.entity("note");
    http.put(note, "{'title':'Hi'}", "Idempotency-Key", "contract");

    checkBody("/v1/state/{kind}/{id}", "put", "200", http.put(note, "{'title':'Ho'}"));
    checkBody("/v1/state/{kind}/{id}/history", "get", "200", http.get(note + "/history"));
    checkBody("/v1/kinds", "get", "200", http.get("/v1/kinds"));
    checkBody("/v1/kinds/{kind}", "get", "200", http.get("/v1/kinds/room"));
    checkProblem(http.get("/v1/state/nothing/x"));
    checkProblem(http.put(note, "{"));
    checkProblem(http.patch(note, "[{'op':'test','path':'/title','value':1}]"));
  }

  private void checkBody(String path, String method, String status, HttpCalls.Answer answer) {
    String response = "/paths/%s/%s/responses/%s".formatted(escaped(path), method, status);
    if (openapi.at(response + "/$ref") instanceof JsonString reference) {
      response = reference.value().substring(1);
    }
    String schema = response + "/content/application~1json/schema";
    assertThat(openapi.at(schema)).as(schema).isNotEqualTo(JsonNull.NULL);
    assertFits(openapi, "#" + schema, answer.text());
  }

  private void checkProblem(HttpCalls.Answer answer) {
    assertFits(openapi, "#/components/schemas/Problem", answer.text());
  }

  private static void assertFits(ServerFrame contract, String reference, String instance) {
    JsonObject schema = JsonObject.of(Map.of(
        "$ref", JsonString.of(reference),
        "components", contract.at("/components"),
        "paths",
            contract.at("/paths") == JsonNull.NULL ? JsonObject.empty() : contract.at("/paths")));
    Validator.Result result = new ValidatorFactory().validate(text(schema), instance);
    List<String> wrong = result.getErrors().stream()
        .map(e -> e.getInstanceLocation() + " " + e.getError())
        .toList();
    assertThat(wrong).as("%s as %s", instance, reference).isEmpty();
  }

  private static String text(Json json) {
    return JsonWriter.text(json);
  }

  @Test
  void theDocumentedFramesAreThoseTheServerReadsAndWrites() {
    Set<String> documented = names(asyncapi, "/components/messages");
    Set<String> known = Arrays.stream(ClientFrame.class.getPermittedSubclasses())
        .map(frame -> frame.getSimpleName().toLowerCase(Locale.ROOT))
        .collect(Collectors.toCollection(TreeSet::new));
    Arrays.stream(ServerFrames.class.getDeclaredMethods())
        .filter(method -> method.getReturnType() == Frame.class
            && java.lang.reflect.Modifier.isPublic(method.getModifiers()))
        .map(Method::getName)
        .map(name -> name.equals("presenceAll") ? "presence" : name)
        .forEach(known::add);

    assertThat(documented).isEqualTo(known);
  }

  @Test
  void everyFrameTheServerSendsIsShapedAsDocumented() {
    List<ServerFrame> heard = Chatter.aboutEverything(NODE.node());

    for (ServerFrame frame : heard) {
      String name =
          frame.t().substring(0, 1).toUpperCase(Locale.ROOT) + frame.t().substring(1);
      assertFits(asyncapi, "#/components/schemas/" + name, text(frame.json()));
    }
    Set<String> covered =
        heard.stream().map(ServerFrame::t).collect(Collectors.toCollection(TreeSet::new));
    assertThat(covered)
        .containsExactlyInAnyOrder(
            "welcome",
            "state",
            "changed",
            "current",
            "accepted",
            "refused",
            "gap",
            "presence",
            "closed",
            "goaway",
            "error",
            "pong");
  }
}
