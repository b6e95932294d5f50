using SmsCampaign.Carriers;
using SmsCampaign.Messages;

namespace SmsCampaign.Tests.Carriers.Esms;

/// <summary>What an answer means.</summary>
public class EsmsCodesTests : EsmsCase
{
    [Theory]
    [InlineData(99, SendOutcome.Rejected, FailureClass.Number, null)]
    [InlineData(101, SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData(102, SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData(103, SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData(104, SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData(107, SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData(108, SendOutcome.Rejected, FailureClass.Number, null)]
    [InlineData(110, SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData(118, SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData(119, SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData(120, SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData(131, SendOutcome.Rejected, FailureClass.Content, null)]
    [InlineData(132, SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData(140, SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData(145, SendOutcome.Rejected, FailureClass.Content, null)]
    [InlineData(146, SendOutcome.Rejected, FailureClass.Content, null)]
    [InlineData(159, SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData(177, SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData(300, SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData(301, SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData(105, SendOutcome.Uncertain, null, null)] // of inquiries
    [InlineData(789, SendOutcome.Uncertain, null, null)] // of Zalo
    [InlineData(998, SendOutcome.Uncertain, null, null)] // in no table: kept by its number
    public async Task A_refusal_means_what_its_code_says(
        int code, SendOutcome outcome, FailureClass? failure, Deferral? deferral)
    {
        foreach (var written in new[] { $"\"{code}\"", $"{code}" })
        {
            Answer(200, $$"""{"CodeResult": {{written}}, "CountRegenerate": 0, "ErrorMessage": "no"}""");

            var result = await SendAsync();

            Assert.Equal((outcome, failure, deferral), (result.Outcome, result.Failure, result.Deferral));
            Assert.Contains($"code {code}", result.Reason, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(200, $$"""{"CodeResult": "124", "SMSID": "{{Id}}"}""", SendOutcome.Accepted, Id)] // taken before
    [InlineData(200, """{"CodeResult": "124", "ErrorMessage": "Duplicate RequestId"}""", SendOutcome.Accepted, null)]
    [InlineData(200, """{"CodeResult": "199"}""", SendOutcome.Accepted, null)]
    [InlineData(200, """{"CodeResult": 100}""", SendOutcome.Accepted, null)] // receipts name our reference
    [InlineData(200, """{"CodeResult": "100", "SMSID": "84912345678"}""", SendOutcome.Accepted, null)]
    [InlineData(200, """{"CodeResult": "0100"}""", SendOutcome.Uncertain, null)]
    [InlineData(200, """{"CodeResult": "", "SMSID": ""}""", SendOutcome.Uncertain, null)]
    [InlineData(200, """{"CodeResult": -100}""", SendOutcome.Uncertain, null)]
    [InlineData(500, """{"CodeResult": "100"}""", SendOutcome.Uncertain, null)]
    [InlineData(400, """{"CodeResult": "100"}""", SendOutcome.Uncertain, null)] // who knows which of the two is right
    [InlineData(500, """{"CodeResult": "108"}""", SendOutcome.Rejected, null)]
    [InlineData(401, """{"CodeResult": "998"}""", SendOutcome.Deferred, null)] // the status decides
    public async Task An_answer_counts_as_taken_only_where_it_says_so(
        int status, string body, SendOutcome outcome, string? id)
    {
        Answer(status, body);

        var result = await SendAsync();

        Assert.Equal((outcome, id), (result.Outcome, result.CarrierMessageId));
    }
}
