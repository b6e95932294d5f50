using System.Collections;
using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Esms;
using SmsCampaign.Carriers.Http;
using SmsCampaign.Carriers.MobiFone;
using SmsCampaign.Carriers.SpeedSms;
using SmsCampaign.Carriers.Twilio;
using SmsCampaign.Carriers.Viettel;
using SmsCampaign.Carriers.Vmg;
using SmsCampaign.Carriers.Vnpt;
using SmsCampaign.Dispatch.Words;
using SmsCampaign.Installations;
using SmsCampaign.Messages;
using SmsCampaign.Messages.Words;
using SmsCampaign.Reports.Words;
using SmsCampaign.Storage;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Carriers;

/// <summary>Every answer that an adapter's own tables know is told to a person in both languages.</summary>
public sealed partial class AdapterReasonTests
{
    const int FewestKnown = 8;

    static readonly string[] OneCarrier = ["viettel"];

    public static TheoryData<string> Adapters => [.. CarrierTypes.All.Select(type => type.Name), "status"];

    [Theory]
    [MemberData(nameof(Adapters))]
    public void Whatever_a_gateway_may_answer_is_told_in_both_languages(string adapter)
    {
        var results = ResultsOf(adapter).ToList();

        Assert.True(results.Count >= FewestKnown, $"only {results.Count} answers found of {adapter}");
        foreach (var words in results.SelectMany(Tell))
        {
            Assert.NotEqual("", words.Vi);
            Assert.NotEqual("", words.En);
            Assert.NotEqual(words.Vi, words.En);
            EnglishWords.AssertNone(words.Vi);
            Assert.DoesNotMatch(Key(), Quoted().Replace(words.Vi, ""));
        }
    }

    /// <summary>From each adapter's table of codes; of those it answers by a number, by asking for each number.</summary>
    static IEnumerable<SendResult> ResultsOf(string adapter) => (adapter switch
    {
        "esms" => Enumerable.Range(0, 1_000).Select(EsmsCodes.Refusal),
        "vmg" => Enumerable.Range(0, 1_000).SelectMany(code => new[] { VmgCodes.Refusal($"{code:000}", true), VmgCodes.Refusal($"{code:000}", false) }),
        "vnpt" => Enumerable.Range(-9, 200).SelectMany(code => new[] { VnptCodes.Of(code, 1), VnptCodes.Of(code, 2) }),
        "speedsms" => Enumerable.Range(0, 1_000).SelectMany(code => new[] { SpeedSmsCodes.Refusal(code, 1), SpeedSmsCodes.Refusal(code, 2) }),
        "twilio" => Enumerable.Range(10_000, 60_000).SelectMany(code => new[] { TwilioCodes.Refusal(code, null), FailureOf(code) }),
        "viettel" => Beginnings().SelectMany(words => new[] { ViettelCodes.Refusal(words, OneCarrier), ViettelCodes.Refusal($"{words}:TELCO=VN", OneCarrier) }),
        "mobifone" => Enum.GetValues<MobiFoneMeaning>().Select(meaning => MobiFoneCarrier.Refusal(meaning, "code 402", null)).Append(SendResult.UnknownCode("77")),
        "http" => Directory.EnumerateFiles(Repository.PathOf("config/gateways"), "*.json").SelectMany(RefusalsIn),
        "status" => Enumerable.Range(200, 400).Select(status => CarrierHttp.MeaningOf(new CarrierAnswer((HttpStatusCode)status, default, null))),
        _ => throw new ArgumentOutOfRangeException(nameof(adapter), adapter, "an adapter without its tables here"),
    }).OfType<SendResult>();

    static SendResult? FailureOf(int code) =>
        TwilioCodes.FailureOf(code) is not FailureClass.Unknown and var failure ? SendResult.Rejected(failure, $"code {code}") : null;

    static IEnumerable<string> Beginnings() => ((IEnumerable)typeof(ViettelCodes).GetField("Table", BindingFlags.Static | BindingFlags.NonPublic)!.GetValue(null)!)
        .Cast<object>().Select(row => (string)row.GetType().GetField("Item1")!.GetValue(row)!);

    static IEnumerable<SendResult> RefusalsIn(string file)
    {
        var lanes = Installation.Read(file, new AnyVariable()).Installation!.Lanes.Select(lane => (HttpLaneOptions)lane.Options);
        return lanes.SelectMany(lane => HttpAnswer.Refusals(lane.Answer!).Values).Select(refusal => refusal(null));
    }

    /// <summary>What a report, the list of uncertain messages, the history of a lane and its stop say of it.</summary>
    static IEnumerable<Wording> Tell(SendResult result)
    {
        var why = ReasonWords.Of(result.Why, result.Code);
        return (result.Outcome, result.Deferral) switch
        {
            (SendOutcome.Rejected, _) => [FailureClassWords.Of(result.Failure!.Value) + new Wording(": ", ": ") + why, ReportWords.Advice(result.Failure)],
            (SendOutcome.Uncertain, _) => [MessageStatusWords.Of(MessageStatus.Uncertain) + new Wording(": ", ": ") + why, ReportWords.Advice(null)],
            (_, Deferral.Configuration) => [LaneStopWords.Of(Stop(result), new("8:00", "8:00")), LaneStopWords.Advice(Stop(result)), Change(LaneChangeKind.Stopped, result)],
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

    /// <summary>Every variable is there, with the value v (a secret of a callback is longer).</summary>
    sealed class AnyVariable : Dictionary<string, string>, IReadOnlyDictionary<string, string>
    {
        bool IReadOnlyDictionary<string, string>.TryGetValue(string key, out string value)
        {
            value = key.EndsWith("CALLBACK_SECRET", StringComparison.Ordinal) ? new string('s', 32) : "v";
            return true;
        }
    }
}
