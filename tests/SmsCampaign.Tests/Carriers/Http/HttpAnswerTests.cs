using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Http;
using SmsCampaign.Messages;

namespace SmsCampaign.Tests.Carriers.Http;

/// <summary>What an answer means by the tables of the lane.</summary>
public class HttpAnswerTests : HttpCase
{
    [Theory]
    [InlineData("""{"code": "ok", "id": "m-1"}""", SendOutcome.Accepted)]
    [InlineData("""{"code": 0, "id": 17}""", SendOutcome.Accepted)] // numbers stand for their digits
    [InlineData("""{"code": "E1"}""", SendOutcome.Rejected)]
    [InlineData("""{"code": "fast"}""", SendOutcome.Deferred)]
    [InlineData("""{"code": "night"}""", SendOutcome.Deferred)]
    [InlineData("""{"code": "E99"}""", SendOutcome.Uncertain)] // in no table
    [InlineData("""{"code": "OK", "id": "m-1"}""", SendOutcome.Uncertain)] // codes are exact
    [InlineData("""{"code": "ok"}""", SendOutcome.Uncertain)] // taken, they say, but under what id?
    [InlineData("""{"code": "ok", "id": ""}""", SendOutcome.Uncertain)]
    [InlineData("""{"code": "ok", "id": {}}""", SendOutcome.Uncertain)]
    [InlineData("""{"code": null, "id": "m-1"}""", SendOutcome.Uncertain)]
    public async Task The_code_in_the_answer_decides(string body, SendOutcome expected)
    {
        Answer(200, body);

        Assert.Equal(expected, (await SendAsync()).Outcome);
    }

    [Fact]
    public async Task An_answer_may_begin_with_a_byte_order_mark()
    {
        Answer(200, "\uFEFF" + AcceptingAnswer([Some]));

        Assert.Equal(SendOutcome.Accepted, (await SendAsync()).Outcome);
    }

    [Fact]
    public async Task An_unknown_code_is_named()
    {
        Answer(200, """{"code": "E99"}""");

        Assert.Equal("unknown code E99", (await SendAsync()).Reason);
    }

    [Fact]
    public async Task A_refusal_has_its_class_and_code()
    {
        Answer(200, """{"code": "E2"}""");

        var result = await SendAsync();

        Assert.Equal((FailureClass.Content, "code E2"), (result.Failure, result.Reason));
    }

    [Fact]
    public async Task A_number_on_another_network_may_go_by_another_lane()
    {
        var options = Options();
        options.Answer!.OtherNetwork = ["25"];
        Answer(200, """{"code": "25"}""");

        var result = Assert.Single(await Carrier(options).SendAsync([Some], CancellationToken.None));

        Assert.Equal((true, FailureClass.Number, "code 25"), (result.IsWrongNetwork, result.Failure, result.Reason));
    }

    [Theory]
    [InlineData(200, """{"code": "fast"}""", Deferral.TooFast)]
    [InlineData(200, """{"code": "night"}""", Deferral.Closed)]
    [InlineData(200, """{"code": "busy"}""", Deferral.Busy)] // this message, not the lane
    [InlineData(425, "", Deferral.Busy)]
    [InlineData(503, "", Deferral.Busy)]
    [InlineData(401, "", Deferral.Configuration)]
    public async Task Why_a_message_was_put_off_says_what_waits(int status, string body, Deferral expected)
    {
        var options = Options();
        options.Answer!.Statuses = new() { ["425"] = HttpMeaning.Busy };
        Answer(status, body);

        Assert.Equal(
            expected, Assert.Single(await Carrier(options).SendAsync([Some], CancellationToken.None)).Deferral);
    }

    [Theory]
    [InlineData(400, """{"code": "E2"}""", SendOutcome.Rejected, false)]
    [InlineData(400, """{"code": "fast"}""", SendOutcome.Deferred, true)]
    [InlineData(500, """{"code": "night"}""", SendOutcome.Deferred, false)] // documented, so it says more than the 500
    [InlineData(500, """{"code": "E99"}""", SendOutcome.Uncertain, false)]
    [InlineData(400, """{"code": "ok"}""", SendOutcome.Uncertain, false)] // contradicts itself
    [InlineData(418, "", SendOutcome.Deferred, true)] // the lane's own table of statuses
    [InlineData(401, "", SendOutcome.Rejected, false)]
    [InlineData(422, """{"code": "E99"}""", SendOutcome.Uncertain, false)]
    [InlineData(423, "", SendOutcome.Deferred, false)]
    public async Task A_failure_may_say_more_in_its_body_or_by_the_lanes_table(
        int status, string body, SendOutcome expected, bool throttled)
    {
        var options = Options();
        options.Answer!.Statuses = new()
        {
            ["418"] = HttpMeaning.Throttled,
            ["401"] = HttpMeaning.Refused,
            ["422"] = HttpMeaning.Uncertain,
            ["423"] = HttpMeaning.Closed,
        };
        Answer(status, body);

        var result = Assert.Single(await Carrier(options).SendAsync([Some], CancellationToken.None));

        Assert.Equal((expected, throttled), (result.Outcome, result.Throttled));
    }

    [Fact]
    public async Task A_gateway_that_drops_repeats_may_be_asked_again()
    {
        using var gateway = new Support.RawGateway(_ => null);
        var options = Options(gateway.Url);
        options.RepeatsDropped = true;

        var result = Assert.Single(await Carrier(options).SendAsync([Some], CancellationToken.None));

        Assert.Equal(SendOutcome.Deferred, result.Outcome);
    }

    [Theory]
    [InlineData("""{"results": [{"code": "ok", "id": "a"}]}""", "UU")] // one missing: nobody knows which
    [InlineData("""{"results": []}""", "UU")]
    [InlineData(
        """{"results": [{"code": "ok", "id": "a"}, {"code": "ok", "id": "b"}, {"code": "ok", "id": "c"}]}""", "UU")]
    [InlineData("""{"results": [{"code": "ok", "id": "a"}, null]}""", "AU")]
    [InlineData("""{"code": "fast"}""", "DD")] // the whole call was turned away
    [InlineData("""{"code": "E1"}""", "RR")]
    [InlineData("""{"code": "ok"}""", "UU")] // a call taken, but not a word on its messages
    public async Task Results_in_order_must_be_as_many_as_the_messages(string body, string expected)
    {
        Answer(200, body);

        Assert.Equal(expected, Letters(await Carrier(ListOptions()).SendAsync(Messages(2), CancellationToken.None)));
    }

    [Theory]
    // any order
    [InlineData("""{"results": [{"ref": "r2", "code": "E1"}, {"ref": "r1", "code": "ok", "id": "a"}]}""", "AR")]
    [InlineData("""{"results": [{"ref": "r1", "code": "ok", "id": "a"}]}""", "AU")]
    [InlineData(
        """{"results": [{"ref": "r1", "code": "ok", "id": "a"}, {"ref": "r1", "code": "E1"}, {"ref": "r2", "code": "E1"}]}""",
        "UR")]
    [InlineData("""{"results": [{"code": "ok", "id": "a"}, {"ref": "x", "code": "ok", "id": "b"}]}""", "UU")]
    public async Task Results_by_reference_are_matched(string body, string expected)
    {
        Answer(200, body);

        Assert.Equal(
            expected,
            Letters(await Carrier(ListOptions(HttpMatch.Reference)).SendAsync(Messages(2), CancellationToken.None)));
    }
}
