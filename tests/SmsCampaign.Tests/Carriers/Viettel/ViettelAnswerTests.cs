using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Viettel;

namespace SmsCampaign.Tests.Carriers.Viettel;

/// <summary>What an answer says of each message of a call.</summary>
public class ViettelAnswerTests : ViettelCase
{
    [Theory]
    [InlineData("<result>1</result>", SendOutcome.Accepted)]
    [InlineData("<message>Insert MT_QUEUE: OK</message>", SendOutcome.Accepted)]
    [InlineData("<message>Something new</message><result>1</result>", SendOutcome.Accepted)]
    // it contradicts itself
    [InlineData("<message>Check Content: NULL_OR_BLANK</message><result>1</result>", SendOutcome.Uncertain)]
    [InlineData("<message>Insert MT_QUEUE: OK</message><result>2</result>", SendOutcome.Uncertain)]
    [InlineData("<message>Insert MT_QUEUE: OK</message><result>x</result>", SendOutcome.Uncertain)]
    [InlineData("<message>Insert MT_QUEUE: OK</message><result>1</result><result>0</result>", SendOutcome.Uncertain)]
    [InlineData("", SendOutcome.Uncertain)]
    public async Task Only_what_says_taken_is(string fields, SendOutcome expected)
    {
        Answer(200, Envelope("wsCpMtResponse", fields));

        Assert.Equal(expected, (await SendAsync()).Outcome);
    }

    [Theory]
    [InlineData("<x>")]
    [InlineData("<?xml version=\"1.0\" encoding=\"utf-7\"?><a/>")]
    [InlineData("<?xml version=\"1.0\" encoding=\"nonsense\"?><a/>")]
    [InlineData(
        "<!DOCTYPE a [<!ENTITY b SYSTEM "
        + "\"file:///etc/passwd\">]><return><message>&b;</message><result>1</result></return>")]
    [InlineData($"<a><return>{Taken}</return><return>{Taken}</return></a>")] // two answers to one message
    [InlineData($"<a><return>{Taken}</return><faultstring>x</faultstring></a>")]
    [InlineData($"<a><return>{Taken}</return>")] // cut off
    [InlineData("<return/>")]
    public async Task An_answer_that_makes_no_sense_may_have_been_sent(string body)
    {
        Answer(200, body);

        Assert.Equal(SendOutcome.Uncertain, (await SendAsync()).Outcome);
    }

    [Theory]
    [InlineData(400, Taken, SendOutcome.Uncertain)] // it contradicts itself
    [InlineData(400, "<message>Check ReceiverID: FORMAT_ERROR</message><result>0</result>", SendOutcome.Rejected)]
    [InlineData(401, "<message>New</message><result>0</result>", SendOutcome.Deferred)] // the status says it
    public async Task With_another_status_than_success_only_a_known_refusal_counts(
        int status, string fields, SendOutcome expected)
    {
        Answer(status, Envelope("wsCpMtResponse", fields));

        Assert.Equal(expected, (await SendAsync()).Outcome);
    }

    [Theory]
    [InlineData(500, SendOutcome.Uncertain, null)]
    [InlineData(400, SendOutcome.Uncertain, null)]
    [InlineData(200, SendOutcome.Uncertain, null)]
    [InlineData(503, SendOutcome.Deferred, Deferral.Busy)]
    [InlineData(429, SendOutcome.Deferred, Deferral.TooFast)]
    [InlineData(401, SendOutcome.Deferred, Deferral.Configuration)]
    public async Task A_fault_in_no_table_proves_nothing_but_what_its_status_does(
        int status, SendOutcome outcome, Deferral? deferral)
    {
        Answer(status, Fault("java.lang.NullPointerException"));

        var result = await SendAsync();

        Assert.Equal((outcome, deferral), (result.Outcome, result.Deferral));
    }

    [Fact]
    public async Task Results_of_a_list_are_told_apart_by_their_number()
    {
        Answer(200, Envelope(
            "wsCpBatchMtResponse",
            "<errCode>0</errCode>"
                + Item(3, "Check ReceiverID: FORMAT_ERROR", "0")
                + Item(1, "Insert MT_QUEUE: OK", "1")
                + Item(4, "Insert MT_QUEUE: OK", "1")));

        var results = await Carrier(Options()).SendAsync(Many(3), CancellationToken.None);

        Assert.Equal(
            [SendOutcome.Accepted, SendOutcome.Uncertain, SendOutcome.Rejected],
            results.Select(result => result.Outcome));
        Assert.Equal("no result for this message", results[1].Reason);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("0")]
    public async Task Two_results_for_one_message_are_none(string second)
    {
        var twice = Item(2, "Insert MT_QUEUE: OK", "1") + Item(2, "Check ReceiverID: FORMAT_ERROR", second);
        Answer(200, Envelope("wsCpBatchMtResponse", twice + Item(1, "Insert MT_QUEUE: OK", "1")));

        var results = await Carrier(Options()).SendAsync(Many(2), CancellationToken.None);

        Assert.Equal([SendOutcome.Accepted, SendOutcome.Uncertain], results.Select(result => result.Outcome));
    }

    [Theory]
    [InlineData("Authenticate: IP_INVALID (YOUR IP: 203.0.113.7)", SendOutcome.Deferred, Deferral.Configuration)]
    [InlineData("Check information error", SendOutcome.Deferred, Deferral.Busy)]
    [InlineData("Check ReceiverID: FORMAT_ERROR", SendOutcome.Deferred, Deferral.Split)] // of one of them, but which?
    [InlineData("Check ServiceID: DUPLICATE MESSAGE", SendOutcome.Deferred, Deferral.Split)]
    [InlineData("Check ServiceID: ALIAS_INVALID:TELCO=MB", SendOutcome.Deferred, Deferral.Split)]
    [InlineData("Check ServiceID: ALIAS_INVALID:TELCO=VT", SendOutcome.Deferred, Deferral.Configuration)]
    [InlineData("Check Content: MSG_ERROR_CONTAIN_BLACKLIST", SendOutcome.Rejected, null)] // all have the same text
    [InlineData("success", SendOutcome.Uncertain, null)]
    [InlineData("", SendOutcome.Uncertain, null)]
    public async Task A_list_refused_as_a_whole_goes_one_by_one_where_that_can_help(
        string words, SendOutcome outcome, Deferral? deferral)
    {
        foreach (var (status, body) in new[]
        {
            (200, Envelope("wsCpBatchMtResponse", $"<errCode>1</errCode><errDesc>{words}</errDesc>")),
            (500, Fault(words)),
        })
        {
            Answer(status, body);

            var results = await Carrier(Options()).SendAsync(Many(2), CancellationToken.None);

            Assert.Equal(
                [(outcome, deferral), (outcome, deferral)],
                results.Select(result => (result.Outcome, result.Deferral)));
        }
    }

    [Theory]
    [InlineData(ViettelIdIn.None, "Insert MT_QUEUE: OK", "1", null)]
    [InlineData(ViettelIdIn.None, "12345", "1", null)]
    [InlineData(ViettelIdIn.Message, "12345", "1", "12345")]
    [InlineData(ViettelIdIn.Message, "Insert MT_QUEUE: OK, id 0012345.", "1", "12345")]
    [InlineData(ViettelIdIn.Message, "Insert MT_QUEUE: OK", "1", null)]
    [InlineData(ViettelIdIn.Message, "1 of 2", "1", null)] // which?
    [InlineData(ViettelIdIn.Message, "84912345678", "1", null)] // the subscriber's
    [InlineData(ViettelIdIn.Message, "0912345678", "1", null)]
    [InlineData(ViettelIdIn.Message, "99999999999999999999", "1", null)]
    [InlineData(ViettelIdIn.Result, "Insert MT_QUEUE: OK", "12345", "12345")]
    [InlineData(ViettelIdIn.Result, "Insert MT_QUEUE: OK", "1", null)]
    public async Task The_id_is_where_the_lane_says(ViettelIdIn where, string message, string result, string? id)
    {
        var options = Options();
        (options.MostPerCall, options.RegistersReceipts, options.MessageIdIn) = (1, true, where);
        Answer(200, Envelope("wsCpMtRegDlrResponse", $"<message>{message}</message><result>{result}</result>"));

        var taken = Assert.Single(await Carrier(options).SendAsync([Some], CancellationToken.None));

        Assert.Equal((SendOutcome.Accepted, id), (taken.Outcome, taken.CarrierMessageId));
    }
}
