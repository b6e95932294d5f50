using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Lanes;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Run;
using SmsCampaign.Telemetry;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Dispatch.Lanes;

public sealed class LaneMeterTests
{
    static readonly PlannedCall Call = new(
        1,
        new PlannedBatch(1, 1, 1, 1, 9, 2),
        [.. Enumerable.Range(1, 3).Select(seq => new PlannedMessage(seq, 84_912_345_678 + seq))],
        KeepCarrierReference: false);

    readonly FakeTimeProvider _time = new();
    readonly ProcessClock _clock;

    public LaneMeterTests() => _clock = new ProcessClock(_time);

    [Fact]
    public void Answers_on_disk_are_counted_by_what_they_say()
    {
        using var metering = new Metering();

        MeterOf("meter_outcomes").NoteRecorded(
        [
            Answer(SendResult.Accepted("1"), SendResult.Accepted("2"), SendResult.TooFast("429")),
            Answer(
                SendResult.Rejected(FailureClass.Number, "no such"),
                SendResult.UnknownCode("9"),
                SendResult.Accepted("3")),
        ]);

        Assert.Equal(3, metering.SumOf(Measures.Sends, "lane=meter_outcomes outcome=accepted"));
        Assert.Equal(1, metering.SumOf(Measures.Sends, "lane=meter_outcomes outcome=deferred"));
        Assert.Equal(1, metering.SumOf(Measures.Sends, "lane=meter_outcomes outcome=rejected"));
        Assert.Equal(1, metering.SumOf(Measures.Sends, "lane=meter_outcomes outcome=uncertain"));
        Assert.Equal(1, metering.SumOf(Measures.Rejections, "lane=meter_outcomes class=number"));
    }

    [Fact]
    public void A_call_is_measured_from_its_first_byte_in_what_the_contract_counts()
    {
        using var metering = new Metering();
        var left = _clock.Now();
        _time.Advance(TimeSpan.FromMilliseconds(40));

        var meter = MeterOf("meter_calls");
        meter.NoteCall(CallAt(left), new Exchange([SendResult.Accepted("1")]) { LeftAt = left });
        meter.NoteRecorded([Answer(SendResult.Accepted("1"))]);

        Assert.Equal(6, metering.SumOf(Measures.HandedOver, "lane=meter_calls"));
        Assert.Equal(0.04, metering.SumOf(Measures.SubmitDuration, "lane=meter_calls"), 6);
    }

    /// <summary>However many there are: what is done for each is next to nothing.</summary>
    [Fact]
    public void All_calls_are_counted_and_some_of_a_second_are_timed()
    {
        using var metering = new Metering();
        var meter = MeterOf("meter_many");
        for (var second = 0; second < 2; second++)
        {
            for (var call = 0; call < 2 * LaneMeter.MostTimed; call++)
                meter.NoteCall(CallAt(0), new Exchange([SendResult.Accepted("1")]) { LeftAt = _clock.Now() });
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        meter.NoteRecorded([]);

        Assert.Equal(6 * 4 * LaneMeter.MostTimed, metering.SumOf(Measures.HandedOver, "lane=meter_many"));
        Assert.Equal(2 * LaneMeter.MostTimed, metering.Noted.Count(noted =>
            noted.Name == Measures.SubmitDuration.Name && noted.Labels == "lane=meter_many"));
    }

    [Fact]
    public void What_never_left_is_no_call()
    {
        using var metering = new Metering();
        var meter = MeterOf("meter_none");

        meter.NoteCall(CallAt(0), new Exchange([SendResult.Deferred("closed")]));
        meter.NoteRecorded([]);

        Assert.Equal(0, metering.SumOf(Measures.HandedOver, "lane=meter_none"));
        Assert.Equal(0, metering.SumOf(Measures.SubmitDuration, "lane=meter_none"));
    }

    static LaneCall CallAt(long granted) => new(Call, 1, 0, 3, new PaceGrant(new CallCost(6, 3), granted, 0, false));

    static CallResult Answer(params SendResult[] results) => new(Call, 1, 0, 0, results);

    LaneMeter MeterOf(string lane) => new(
        new RunLane(1, lane, 10, RateUnit.Parts, ReceiptTrust.None, TimeSpan.Zero, 0), _clock);
}
