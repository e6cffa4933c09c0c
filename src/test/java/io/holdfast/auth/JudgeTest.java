package io.holdfast.auth;

import static io.holdfast.auth.Given.ALICE;
import static io.holdfast.auth.Given.BOB;
import static io.holdfast.auth.Given.access;
import static io.holdfast.auth.Given.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.document.Json;
import io.holdfast.document.JsonNull;
import io.holdfast.document.JsonObject;
import io.holdfast.document.Patch;
import io.holdfast.document.PatchRefused;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands are judged by what they do, however they do it. */
class JudgeTest {
  private static final Json BEFORE = json(
      "{'topic':'x','members':{'alice':true},'list':[{'id':1,'owner':'a'},{'id':2,'owner':'b'}],'box':{'members':{}}}");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // guarded | ops | the part that is touched, if one is
        "/members | {'op':'replace','path':'/topic','value':'y'} | ",
        "/members | {'op':'add','path':'/members/bob','value':true} | /members",
        "/members | {'op':'remove','path':'/members'} | /members",
        "/members | {'op':'replace','path':'/members','value':{'alice':true}} | ",
        "/members | {'op':'replace','path':'','value':{'topic':'x'}} | /members",
        "/members | {'op':'replace','path':'','value':{'members':{'alice':true}}} | ",
        "/members | {'op':'replace','path':'','value':[]} | /members",
        "/members | {'op':'move','from':'/members','path':'/gone'} | /members",
        "/members | {'op':'move','from':'/box/members','path':'/members'} | /members",
        "/members | {'op':'copy','from':'/topic','path':'/members'} | /members",
        "/members | {'op':'merge','path':'','value':{'members':{'alice':null}}} | /members",
        "/members | {'op':'merge','path':'','value':{'topic':'z'}} | ",
        "/members | {'op':'add','path':'/members/bob','value':1},{'op':'remove','path':'/members/bob'} | ",
        "/members | {'op':'test','path':'/topic','value':'x'} | ",
        "/members/alice | {'op':'add','path':'/members/bob','value':true} | ",
        "/members/alice | {'op':'remove','path':'/members'} | /members/alice",
        "/members/* | {'op':'add','path':'/members/a~1b','value':true} | /members/a~1b",
        "/list/*/owner | {'op':'replace','path':'/list/1/owner','value':'me'} | /list/1/owner",
        "/list/*/owner | {'op':'replace','path':'/list/1/id','value':3} | ",
        "/list/*/owner | {'op':'add','path':'/list/-','value':{'id':3,'owner':'c'}} | /list/2/owner",
        "/list/*/owner | {'op':'add','path':'/list/-','value':{'id':3}} | ",
        "/list/*/owner | {'op':'remove','path':'/list/0'} | /list/0/owner",
        "/list/id=2 | {'op':'replace','path':'/list/0/owner','value':'me'} | ",
        "/list/id=2 | {'op':'replace','path':'/list/1/owner','value':'me'} | /list/id=2",
        "/*/members | {'op':'add','path':'/box/members/x','value':1} | /box/members",
        "`` | {'op':'replace','path':'/topic','value':'y'} | ``",
        "/absent/deep | {'op':'add','path':'/absent','value':{}} | ",
        "/absent/deep | {'op':'add','path':'/absent','value':{'deep':null}} | /absent/deep",
      })
  void needsTheRightToAPartThatDiffersHoweverItCameToDiffer(
      String guarded, String ops, String touched) throws PatchRefused {
    Access access =
        access("{'write':['authenticated'],'writeAt':{'%s':['role:admin']}}".formatted(guarded));
    Json after = Patch.parse(json("[" + ops + "]")).applyTo(BEFORE);

    assertThat(access.judge(ALICE, "r", 3, BEFORE, after).map(Denied::pointer))
        .isEqualTo(Optional.ofNullable(touched));
    assertThat(access.judge(Given.ADMIN, "r", 3, BEFORE, after)).isEmpty();
  }

  @Test
  void needsWriteAsWellAsTheRightToAPart() {
    Access access = access("{'write':['role:editor'],'writeAt':{'/members':['authenticated']}}");
    Json after = json("{'members':{}}");

    assertThat(access.judge(ALICE, "r", 3, BEFORE, after))
        .contains(new Denied("", "write: alice (expected: role:editor)"));
  }

  @Test
  void saysWhoWouldHaveTheRightToAPart() {
    Access access = access(
        "{'write':['authenticated'],'writeAt':{'/members':['state:/owners/{sub}','role:admin']}}");

    assertThat(access.judge(BOB, "r", 3, BEFORE, json("{'members':{}}")))
        .contains(new Denied(
            "/members", "write at /members: bob (expected: state:/owners/{sub} or role:admin)"));
  }

  @Test
  void asksTheStateBeforeTheCommand() {
    Access access = access(
        "{'write':['state:/members/{sub}'],'writeAt':{'/members':['state:/members/{sub}']}}");
    Json letsBobIn = json("{'members':{'alice':true,'bob':true}}");

    assertThat(access.judge(BOB, "r", 3, BEFORE, letsBobIn)).isPresent();
    assertThat(access.judge(ALICE, "r", 3, BEFORE, letsBobIn)).isEmpty();
    assertThat(access.judge(ALICE, "r", 3, BEFORE, json("{'members':{}}"))).isEmpty();
  }

  @Test
  void letsCreateDecideAloneWhereNothingIs() {
    Access access = access("{'create':['authenticated'],'writeAt':{'/members':['role:admin']}}");
    Json initial = json("{'members':{}}");

    assertThat(access.judge(ALICE, "r", 0, initial, BEFORE)).isEmpty();
    assertThat(access.judge(ALICE, "r", 0, JsonNull.NULL, BEFORE)).isEmpty();
    assertThat(access.judge(ALICE, "r", 9, JsonNull.NULL, BEFORE)).isEmpty();
    assertThat(access.judge(Principal.anonymous(), "r", 0, JsonNull.NULL, BEFORE))
        .contains(new Denied("", "create: anonymous (expected: authenticated)"));
    assertThat(access("{'write':['anyone']}").judge(ALICE, "r", 0, JsonNull.NULL, BEFORE))
        .contains(new Denied("", "create: alice (expected: nobody has this right)"));
  }

  @Test
  void letsDeleteDecideAloneWhereNothingIsLeft() {
    Access access = access("{'delete':['owner'],'writeAt':{'/members':['role:admin']}}");

    assertThat(access.judge(ALICE, "alice", 3, BEFORE, JsonNull.NULL)).isEmpty();
    assertThat(access.judge(BOB, "alice", 3, BEFORE, JsonNull.NULL))
        .contains(new Denied("", "delete: bob (expected: owner)"));
    assertThat(access("{'write':['anyone']}").judge(ALICE, "alice", 3, BEFORE, JsonNull.NULL))
        .isPresent();
  }

  @Test
  void doesNotEnterWhatIsShared() {
    Access access = access("{'write':['anyone'],'writeAt':{'/big/*/x':['role:admin']}}");
    Json big = json("{'a':{'x':1}}");
    JsonObject before = JsonObject.empty().with("big", big).with("n", json("1"));

    assertThat(access.judge(ALICE, "r", 3, before, before.with("n", json("2")))).isEmpty();
  }
}
