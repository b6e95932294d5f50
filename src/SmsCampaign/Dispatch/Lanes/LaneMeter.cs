using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Run;
using SmsCampaign.Telemetry;

namespace SmsCampaign.Dispatch.Lanes;

/// <summary>Measures what a lane does, for whoever looks from outside (<see cref="Measures"/>).</summary>
sealed class LaneMeter(RunLane lane, ProcessClock clock)
{
    static readonly KeyValuePair<string, object?>[] Outcomes =
        [.. Enum.GetValues<SendOutcome>().Select(outcome => Tag("outcome", outcome))];

    static readonly KeyValuePair<string, object?>[] Classes =
        [.. Enum.GetValues<FailureClass>().Select(each => Tag("class", each))];

    readonly KeyValuePair<string, object?> _lane = new(Measures.Lane, lane.Name);

    /// <summary>A gateway has answered, or nobody waits for it any more.</summary>
    public void NoteCall(in LaneCall call, in Exchange exchange)
    {
        if (exchange.LeftAt is not { } left)
            return;

        Measures.HandedOver.Add(call.Grant.Cost.In(lane.RateUnit), _lane);
        if (!Measures.SubmitDuration.Enabled && !Spans.AreWanted)
            return;

        var now = clock.Now();
        Measures.SubmitDuration.Record((now - left) * 1e-6, _lane);
        Spans.Submitted(
            lane.Name, call.Messages, (string)Outcomes[(int)exchange.Results[0].Outcome - 1].Value!, left, now);
    }

    /// <summary>Answers are on disk.</summary>
    public void NoteRecorded(IReadOnlyList<CallResult> answers)
    {
        if (!Measures.Sends.Enabled)
            return;

        Span<int> outcomes = stackalloc int[Outcomes.Length];
        for (var answer = 0; answer < answers.Count; answer++)
        {
            foreach (var result in answers[answer].Results)
            {
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
