package io.holdfast.auth;

import static io.holdfast.auth.Given.ADMIN;
import static io.holdfast.auth.Given.ALICE;
import static io.holdfast.auth.Given.ANONYMOUS;
import static io.holdfast.auth.Given.BOB;
import static io.holdfast.auth.Given.access;
import static io.holdfast.auth.Given.json;
import static io.holdfast.auth.Given.principal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.document.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AccessTest {
  private static final Json DOCUMENT =
      json("{'members':{'alice':true,'bob':false,'root':''},'public':1}");

  /** For each rule, who has the right on {@code alice:1} with {@link #DOCUMENT}. */
  private static final Map<String, List<Principal>> TABLE = Map.of(
      "anyone", List.of(ANONYMOUS, ALICE, BOB, ADMIN),
      "authenticated", List.of(ALICE, BOB, ADMIN),
      "owner", List.of(ALICE),
      "role:admin", List.of(ADMIN),
      "role:editor", List.of(),
      "state:/members/{sub}", List.of(ALICE),
      "state:/public", List.of(ANONYMOUS, ALICE, BOB, ADMIN),
      "state:/nothing", List.of());

  @TestFactory
  List<DynamicTest> givesEachRightToThoseItsRuleMeansAndToNobodyElse() {
    List<DynamicTest> tests = new ArrayList<>();
    TABLE.forEach((rule, allowed) -> {
      for (Right right : Right.values()) {
        for (Principal who : List.of(ANONYMOUS, ALICE, BOB, ADMIN)) {
          String name = "%s %s by %s".formatted(rule, right, who.subject());
          tests.add(DynamicTest.dynamicTest(name, () -> {
            Access access = access("{'%s':['%s']}".formatted(right.member(), rule));
            assertThat(access.allows(right, who, "alice:1", DOCUMENT))
                .isEqualTo(allowed.contains(who));
            for (Right other : Right.values()) {
              assertThat(other == right || !access.allows(other, who, "alice:1", DOCUMENT))
                  .isTrue();
            }
          }));
        }
      }
    });
    return tests;
  }

  @ParameterizedTest
  @EnumSource
  void givesEverythingToAdminsOnlyWhereThereAreNoRules(Right right) {
    Access none = access("{}");

    assertThat(none.allows(right, ADMIN, "alice", DOCUMENT)).isTrue();
    assertThat(none.allows(right, ALICE, "alice", DOCUMENT)).isFalse();
    assertThat(none.allows(right, ANONYMOUS, "alice", DOCUMENT)).isFalse();
  }

  @Test
  void letsRulesDecideAloneWhereThereAreAny() {
    assertThat(access("{'read':['owner']}").allows(Right.READ, ADMIN, "alice", DOCUMENT))
        .isFalse();
    assertThat(access("{'read':['anyone']}").allows(Right.WRITE, ADMIN, "alice", DOCUMENT))
        .isFalse();
    assertThat(access("{'read':[]}").allows(Right.READ, ADMIN, "alice", DOCUMENT))
        .isFalse();
  }

  @Test
  void takesOneOfSeveralRules() {
    Access access = access("{'read':['owner','role:admin']}");

    assertThat(access.allows(Right.READ, ALICE, "alice", DOCUMENT)).isTrue();
    assertThat(access.allows(Right.READ, ADMIN, "alice", DOCUMENT)).isTrue();
    assertThat(access.allows(Right.READ, BOB, "alice", DOCUMENT)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "alice, alice, true",
    "alice, alice:tab:1, true",
    "alice, alicex, false",
    "alice, x:alice, false",
    "alice, ali, false",
    "a:b, a:b, true",
    "a:b, a:b:c, false",
    "anonymous, anonymous, false",
    "anonymous, anonymous:x, false",
  })
  void findsTheOwnerInTheId(String subject, String id, boolean owns) {
    Principal who = principal(subject);

    assertThat(access("{'read':['owner']}").allows(Right.READ, who, id, DOCUMENT))
        .isEqualTo(owns);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "true | true",
        "1 | true",
        "-1 | true",
        "'x' | true",
        "{} | true",
        "[] | true",
        "null | false",
        "false | false",
        "0 | false",
        "-0.0 | false",
        "'' | false",
      })
  void tellsWhatCountsAsThere(String value, boolean truthy) {
    Json document = json("{'members':{'alice':%s}}".formatted(value));

    assertThat(access("{'read':['state:/members/{sub}']}").allows(Right.READ, ALICE, "x", document))
        .isEqualTo(truthy);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // rule | subject | document | allowed
        "state:/members/{sub}    | a/b    | {'members':{'a':{'b':true}}}        | false",
        "state:/members/{sub}    | a/b    | {'members':{'a/b':true}}            | true",
        "state:/members/{sub}    | a~1b   | {'members':{'a/b':true}}            | false",
        "state:/members/{sub}    | ~1     | {'members':{'~1':true}}             | true",
        "state:/members/{sub}    | ~1     | {'members':{'/':true}}              | false",
        "state:/members/{sub}    | x=y    | {'members':{'x=y':true}}            | true",
        "state:/members/{sub}    | x=y    | {'members':[{'x':'y'}]}             | false",
        "state:/members/{sub}    | 0      | {'members':['alice']}               | false",
        "state:/members/{sub}    | -      | {'members':['alice']}               | false",
        "state:/members/{sub}    | {sub}  | {'members':{'{sub}':true}}          | true",
        "state:/members/id={sub} | alice  | {'members':[{'id':'bob'},{'id':'alice'}]} | true",
        "state:/members/id={sub} | carol  | {'members':[{'id':'bob'},{'id':'alice'}]} | false",
        "state:/members/id={sub}/ok | bob | {'members':[{'id':'bob','ok':false}]} | false",
        "state:/members/id={sub}/ok | bob | {'members':[{'id':'bob','ok':true}]} | true",
        "state:/members/id={sub} | 1      | {'members':[{'id':1}]}              | false",
        "state:/members/{sub}=x  | id     | {'members':[{'id':'x'}]}            | false",
        "state:/by-{sub}/ok      | a      | {'by-a':{'ok':true}}                | true",
        "state:/a~1b/{sub}       | x      | {'a/b':{'x':true}}                  | true",
        "state:/list/0           | x      | {'list':[true]}                     | true",
        "state:/list/k=v/ok      | x      | {'list':[{'k':'v','ok':1}]}         | true",
        "state:/members/{sub}    | anonymous | {'members':{'anonymous':true}}   | false",
        "state:/members/{sub}    | alice  | null                                | false",
        "state:/members/{sub}    | alice  | 'members'                           | false",
      })
  void putsTheSubjectIntoOneTokenWhateverItIs(
      String rule, String subject, String document, boolean allowed) {
    Access access = access("{'read':['%s']}".formatted(rule));

    assertThat(access.allows(Right.READ, principal(subject), "x", json(document)))
        .isEqualTo(allowed);
  }

  @Test
  void knowsWhichRightsDependOnTheDocument() {
    Access access = access("{'read':['owner','state:/a'],'write':['owner'],'present':['anyone']}");

    assertThat(access.dependsOnState(Right.READ)).isTrue();
    assertThat(access.dependsOnState(Right.WRITE)).isFalse();
    assertThat(access.dependsOnState(Right.HISTORY)).isFalse();
    assertThat(
            access("{'write':['owner'],'writeAt':{'/a':['state:/b']}}").dependsOnState(Right.WRITE))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{'read':['owners']} ; /read/0 ; rule: \"owners\" (expected: anyone | authenticated | owner | role:NAME | state:/POINTER)",
        "{'read':['owner','role:']} ; /read/1 ; rule: \"role:\" (expected: anyone | authenticated | owner | role:NAME | state:/POINTER)",
        "{'read':['role:a b']} ; /read/0 ; rule: \"role:a b\" (expected: anyone | authenticated | owner | role:NAME | state:/POINTER)",
        "{'read':['state:members']} ; /read/0 ; rule: \"state:members\" (expected: anyone | authenticated | owner | role:NAME | state:/POINTER)",
        "{'read':['state:/a~2']} ; /read/0 ; rule: \"state:/a~2\" (expected: anyone | authenticated | owner | role:NAME | state:/POINTER)",
        "{'read':['state:']} ; /read/0 ; rule: \"state:\" (expected: anyone | authenticated | owner | role:NAME | state:/POINTER)",
        "{'read':[1]} ; /read/0 ; rule: 1 (expected: anyone | authenticated | owner | role:NAME | state:/POINTER)",
        "{'read':'anyone'} ; /read ; rules: \"anyone\" (expected: an array of rules)",
        "{'raed':[]} ; /raed ; right: \"raed\" (expected: read, create, write, writeAt, present, delete or history)",
        "{'writeAt':[]} ; /writeAt ; writeAt: [] (expected: an object of pointer patterns)",
        "{'writeAt':{'a':[]}} ; /writeAt/a ; pattern: \"a\" (expected: a JSON pointer such as /members or /items/*/owner)",
        "{'writeAt':{'/a':['x']}} ; /writeAt/~1a/0 ; rule: \"x\" (expected: anyone | authenticated | owner | role:NAME | state:/POINTER)",
      })
  void refusesRulesItDoesNotKnow(String rules, String pointer, String detail) {
    assertThatThrownBy(() -> access(rules))
        .cause()
        .asInstanceOf(InstanceOfAssertFactories.type(AccessRefused.class))
        .satisfies(refused -> {
          assertThat(refused.pointer()).isEqualTo(pointer);
          assertThat(refused.detail()).isEqualTo(detail);
        });
  }
}
