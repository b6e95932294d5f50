using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Run;
using SmsCampaign.Telemetry;

namespace SmsCampaign.Dispatch.Lanes;

/// <summary>Measures what a lane does, for whoever looks from outside (<see cref="Measures"/>).</summary>
/// <remarks>A call costs some 16 µs in all, so that what is done for each is next to nothing: sums are told as answers
/// are written down, and of what takes how long only some calls are asked.</remarks>
sealed class LaneMeter(RunLane lane, ProcessClock clock)
{
    /// <summary>Most calls of which it is measured in a second how long they took.</summary>
    internal const int MostTimed = 500;

    static readonly KeyValuePair<string, object?>[] Outcomes =
        [.. Enum.GetValues<SendOutcome>().Select(outcome => Tag("outcome", outcome))];

    static readonly KeyValuePair<string, object?>[] Classes =
        [.. Enum.GetValues<FailureClass>().Select(each => Tag("class", each))];

    readonly KeyValuePair<string, object?> _lane = new(Measures.Lane, lane.Name);
    long _handedOver;

    // Of several threads, without a lock: a few more or less are timed.
    long _second;
    int _timed;

    /// <summary>A gateway has answered, or nobody waits for it any more.</summary>
    public void NoteCall(in LaneCall call, in Exchange exchange)
    {
        if (exchange.LeftAt is not { } left)
            return;

        Interlocked.Add(ref _handedOver, call.Grant.Cost.In(lane.RateUnit));
        if (!Measures.SubmitDuration.Enabled && !Spans.AreWanted)
            return;

        var now = clock.Now();
        if (now / 1_000_000 is var second && second != _second)
            (_second, _timed) = (second, 0);
        if (_timed++ >= MostTimed)
            return;

        Measures.SubmitDuration.Record((now - left) * 1e-6, _lane);
        Spans.Submitted(
            lane.Name, call.Messages, (string)Outcomes[(int)exchange.Results[0].Outcome - 1].Value!, left, now);
    }

    /// <summary>Answers are on disk.</summary>
    public void NoteRecorded(IReadOnlyList<CallResult> answers)
    {
        var handedOver = Interlocked.Exchange(ref _handedOver, 0);
        if (!Measures.Sends.Enabled)
            return;

        Measures.HandedOver.Add(handedOver, _lane);
        Span<int> outcomes = stackalloc int[Outcomes.Length];
        for (var answer = 0; answer < answers.Count; answer++)
        {
            var results = answers[answer].Results;
            for (var at = 0; at < results.Count; at++) // it makes no enumerator
            {
                var result = results[at];
                outcomes[(int)result.Outcome - 1]++;
                if (result.Failure is { } failure)
                    Measures.Rejections.Add(1, _lane, Classes[(int)failure - 1]);
            }
        }

        for (var outcome = 0; outcome < outcomes.Length; outcome++)
        {
            if (outcomes[outcome] > 0)
                Measures.Sends.Add(outcomes[outcome], _lane, Outcomes[outcome]);
        }
    }

    static KeyValuePair<string, object?> Tag<T>(string label, T word)
        where T : struct, Enum => new(label, Measures.Word(word));
}
