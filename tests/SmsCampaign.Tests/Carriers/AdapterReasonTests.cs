using System.Net;
using System.Text.RegularExpressions;
using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Words;
using SmsCampaign.Messages;
using SmsCampaign.Messages.Words;
using SmsCampaign.Reports.Words;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Carriers;

/// <summary>Every answer that an adapter's own tables know is told to a person in both languages.</summary>
public sealed partial class AdapterReasonTests
{
    /// <summary>On an average; a small gateway has three.</summary>
    const int FewestKnown = 8;

    public static TheoryData<string> Adapters => [.. CarrierTypes.All.Select(type => type.Name), "status"];

    [Theory]
    [MemberData(nameof(Adapters))]
    public void Whatever_a_gateway_may_answer_is_told_in_both_languages(string adapter)
    {
        var results = ResultsOf(adapter).ToList();

        Assert.True(results.Count > 0, $"no answer found of {adapter}: what does Known() of its PlayedGateway give?");
        foreach (var words in results.SelectMany(Tell))
        {
            Assert.NotEqual("", words.Vi);
            Assert.NotEqual("", words.En);
            Assert.NotEqual(words.Vi, words.En);
            EnglishWords.AssertNone(words.Vi);
            Assert.DoesNotMatch(Key(), Quoted().Replace(words.Vi, ""));
        }
    }

    [Fact]
    public void The_tables_of_the_adapters_are_found() => // a guard that finds nothing guards nothing
        Assert.InRange(
            Adapters.Sum(adapter => ResultsOf(adapter.Data).Count()), FewestKnown * Adapters.Count, int.MaxValue);

    /// <summary>What each adapter's own tables know; and of every one, what an HTTP status says by itself.</summary>
    static IEnumerable<SendResult> ResultsOf(string adapter) => (adapter == "status"
        ? Enumerable.Range(200, 400).Select(
            status => CarrierHttp.MeaningOf(new CarrierAnswer((HttpStatusCode)status, default, null)))
        : PlayedGateway.All()[adapter].Known()).OfType<SendResult>();

    /// <summary>What a report, the list of uncertain messages, the history of a lane and its stop say of it.</summary>
    static IEnumerable<Wording> Tell(SendResult result)
    {
        var why = ReasonWords.Of(result.Why, result.Code);
        return (result.Outcome, result.Deferral) switch
        {
            (SendOutcome.Rejected, _) =>
                [
                    FailureClassWords.Of(result.Failure!.Value) + new Wording(": ", ": ") + why,
                    ReportWords.Advice(result.Failure),
                ],
            (SendOutcome.Uncertain, _) =>
                [
                    MessageStatusWords.Of(MessageStatus.Uncertain) + new Wording(": ", ": ") + why,
                    ReportWords.Advice(null),
                ],
            (_, Deferral.Configuration) =>
                [
                    LaneStopWords.Of(Stop(result), new("8:00", "8:00")),
                    LaneStopWords.Advice(Stop(result)),
                    Change(LaneChangeKind.Stopped, result),
                ],
            (_, Deferral.TooFast) => [Change(LaneChangeKind.Throttled, result)],
            (_, Deferral.Closed) => [Change(LaneChangeKind.NotTaken, result)],
            (SendOutcome.Deferred, _) => [Change(LaneChangeKind.Breaker, result)],
            _ => [],
        };
    }

    static LaneStop Stop(SendResult result) => new("viettel", default, result.Reason!) { Cause = result.Cause };

    static Wording Change(LaneChangeKind kind, SendResult result) =>
        LaneChangeWords.Of(new LaneChange(kind, 1, null, 10, result.Reason!, result.Cause), null, RateUnit.Parts);

    /// <summary>As of an option or a setting: mostPerCall.</summary>
    [GeneratedRegex(@"\b[a-z]+([A-Z][a-z]+)+\b")]
    private static partial Regex Key();

    [GeneratedRegex("“[^”]*”")]
    private static partial Regex Quoted();
}
