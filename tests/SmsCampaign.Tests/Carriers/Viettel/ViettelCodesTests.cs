using SmsCampaign.Carriers;
using SmsCampaign.Messages;

namespace SmsCampaign.Tests.Carriers.Viettel;

/// <summary>What the gateway's words mean.</summary>
public class ViettelCodesTests : ViettelCase
{
    public static TheoryData<string, SendOutcome, FailureClass?, Deferral?> Words => new()
    {
        { "Authenticate: Cp_code: NULL_OR_BLANK", SendOutcome.Deferred, null, Deferral.Configuration },
        { "Authenticate: UserName: NULL_OR_BLANK", SendOutcome.Deferred, null, Deferral.Configuration },
        { "Authenticate: Password: NULL_OR_BLANK", SendOutcome.Deferred, null, Deferral.Configuration },
        { "Authenticate: CP_CODE_NOT_FOUND", SendOutcome.Deferred, null, Deferral.Configuration },
        { "CP_CODE_NOT_FOUND", SendOutcome.Deferred, null, Deferral.Configuration },
        { "Authenticate: WRONG_INFORMATION_AUTHENTICATE", SendOutcome.Deferred, null, Deferral.Configuration },
        { "WRONG_INFORMATION_AUTHENTICATE", SendOutcome.Deferred, null, Deferral.Configuration },
        { "Authenticate: IP_INVALID (YOUR IP: 203.0.113.7)", SendOutcome.Deferred, null, Deferral.Configuration },
        { "Check RequestID: NULL_OR_BLANK", SendOutcome.Deferred, null, Deferral.Configuration },
        { "Check RequestID: REQUEST_ID_NOT_NUMBER", SendOutcome.Deferred, null, Deferral.Configuration },
        { "Check UserID: NULL_OR_BLANK", SendOutcome.Deferred, null, Deferral.Configuration },
        { "Check ReceiverID: NULL_OR_BLANK", SendOutcome.Deferred, null, Deferral.Configuration },
        { "Check ReceiverID: FORMAT_ERROR", SendOutcome.Rejected, FailureClass.Number, null },
        { "Length of ReceiverID is invalid.", SendOutcome.Rejected, FailureClass.Number, null },
        { "UserID_NOT_EQUAL_ReceiverID", SendOutcome.Deferred, null, Deferral.Configuration },
        { "Unable to check telco from input receiver", SendOutcome.Rejected, FailureClass.Number, null },
        { "Check ServiceID: DUPLICATE MESSAGE", SendOutcome.Accepted, null, null }, // it has it
        { "Check ServiceID: ALIAS_INVALID:TELCO=VT", SendOutcome.Deferred, null, Deferral.Configuration },
        { "Check ServiceID: ALIAS_INVALID", SendOutcome.Deferred, null, Deferral.Configuration },
        { "Check CommandCode: NULL_OR_BLANK", SendOutcome.Deferred, null, Deferral.Configuration },
        { "Check CommandCode: COMMAND_CODE_ERROR", SendOutcome.Deferred, null, Deferral.Configuration },
        { "Check Content: NULL_OR_BLANK", SendOutcome.Deferred, null, Deferral.Configuration },
        {
            "Check Content: MAXLENGTH_LIMIT_480_BYTE (YOUR_CONTENT: 481 BYTE)", SendOutcome.Rejected,
            FailureClass.Content, null
        },
        { "Check Content: MSG_ERROR_CONTAIN_BLACKLIST", SendOutcome.Rejected, FailureClass.Content, null },
        { "Check template: CONTENT_NOT_MATCH_TEMPLATE", SendOutcome.Rejected, FailureClass.Content, null },
        { "Check information error", SendOutcome.Deferred, null, Deferral.Busy },
        { "Check Content: SOMETHING_NEW", SendOutcome.Uncertain, null, null },
        { "Insert MT_QUEUE: OK", SendOutcome.Uncertain, null, null }, // with result 0
        { "", SendOutcome.Uncertain, null, null },
    };

    [Theory]
    [MemberData(nameof(Words))]
    public async Task A_refusal_means_what_its_words_say(
        string words, SendOutcome outcome, FailureClass? failure, Deferral? deferral)
    {
        Answer(200, Envelope("wsCpMtResponse", $"<message>{words}</message><result>0</result>"));

        var result = await SendAsync();

        Assert.Equal((outcome, failure, deferral), (result.Outcome, result.Failure, result.Deferral));
        Assert.DoesNotContain("203.0.113.7", result.Reason ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Words))]
    public async Task So_it_does_in_a_list(string words, SendOutcome outcome, FailureClass? failure, Deferral? deferral)
    {
        Answer(200, Envelope("wsCpBatchMtResponse", Item(2, words, "0") + Item(1, "Insert MT_QUEUE: OK", "1")));

        var results = await Carrier(Options()).SendAsync(Many(2), CancellationToken.None);

        Assert.Equal(SendOutcome.Accepted, results[0].Outcome);
        Assert.Equal((outcome, failure, deferral), (results[1].Outcome, results[1].Failure, results[1].Deferral));
    }

    [Theory]
    [MemberData(nameof(Words))]
    public async Task So_it_does_in_a_fault(
        string words, SendOutcome outcome, FailureClass? failure, Deferral? deferral)
    {
        Answer(500, Fault(words));

        var result = await SendAsync();

        Assert.Equal((outcome, failure, deferral), (result.Outcome, result.Failure, result.Deferral));
    }

    [Theory]
    [InlineData("VT", "viettel", null, true)]
    [InlineData("VN", "viettel", "vinaphone", false)]
    [InlineData("MB", "viettel", "mobifone", false)]
    [InlineData("VM", "viettel", "vietnamobile", false)]
    [InlineData("MB", "viettel,mobifone", null, true)]
    [InlineData("VT", "mobifone", "viettel", false)]
    [InlineData("GT", "viettel", null, false)] // some other network than the lane's, whatever it is
    [InlineData("GT", "viettel,gmobile", null, true)] // perhaps the lane's own
    [InlineData("", "viettel", null, true)]
    public async Task A_sender_not_declared_for_another_network_is_a_number_on_the_wrong_lane(
        string telco, string carriers, string? network, bool stops)
    {
        Answer(200, Envelope(
            "wsCpMtResponse", $"<message>Check ServiceID: ALIAS_INVALID:TELCO={telco}</message><result>0</result>"));
        var options = Options();
        options.Carriers = [.. carriers.Split(',')];

        var result = Assert.Single(await Carrier(options).SendAsync([Some], CancellationToken.None));

        Assert.Equal(
            (network, !stops, stops ? Deferral.Configuration : null),
            (result.Network, result.IsWrongNetwork, result.Deferral));
        Assert.StartsWith("Check ServiceID: ALIAS_INVALID", result.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Check Content: SOMETHING_NEW", "result 0: unknown code SOMETHING_NEW")] // kept by its name
    [InlineData("Phong chong mua ban nguoi", "result 0: unknown code (not a code)")]
    public async Task Words_in_no_table_are_kept_only_where_they_are_a_code(string words, string reason)
    {
        Answer(200, Envelope("wsCpMtResponse", $"<message>{words}</message><result>0</result>"));

        Assert.Equal(reason, (await SendAsync()).Reason);
    }
}
