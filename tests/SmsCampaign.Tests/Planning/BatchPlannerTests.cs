using CsCheck;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;

namespace SmsCampaign.Tests.Planning;

public class BatchPlannerTests
{
    [Theory]
    [InlineData(100, RateUnit.Parts, 1, 1, 6_000)] // a minute at 100 messages a second
    [InlineData(200, RateUnit.Parts, 4, 1, 3_000)] // 50 messages of 4 parts a second
    [InlineData(10, RateUnit.Parts, 4, 1, 120)] // 2 whole messages a second, not 2.5
    [InlineData(1, RateUnit.Parts, 1, 1, 100)] // 60 would be too few
    [InlineData(1_000, RateUnit.Parts, 1, 1, 10_000)] // 60,000 would be too many
    [InlineData(10, RateUnit.Messages, 4, 1, 600)] // length does not count
    [InlineData(2, RateUnit.Requests, 4, 50, 6_000)] // 2 calls of 50 a second
    public void A_batch_is_a_minute_of_work_within_limits(
        int rate, RateUnit unit, int parts, int mostPerCall, long expected)
    {
        var lane = PlanningCase.Lane("viettel_test", rate, unit, mostPerCall: mostPerCall);
        var plan = new PlanningCase
        {
            Lanes = [lane],
            Text = PlanningCase.TextOfParts(parts),
            Carriers = [("viettel_test", [50_000])],
        }.Plan;

        Assert.Equal(expected, plan.Batches[0].Messages);
        Assert.Equal(parts, plan.Batches[0].Parts);
    }

    [Fact]
    public void A_batch_never_crosses_a_carrier_or_a_segment()
    {
        var plan = new PlanningCase { Carriers = [("viettel_test", [10, 20]), ("viettel_test", [5, 7])] }.Plan;

        Assert.Equal(
            [
                (1, 1, MessageSeq.Of(1, 1), MessageSeq.Of(1, 10)),
                (2, 1, MessageSeq.Of(2, 1), MessageSeq.Of(2, 5)),
                (1, 2, MessageSeq.Of(1, 11), MessageSeq.Of(1, 30)),
                (2, 2, MessageSeq.Of(2, 6), MessageSeq.Of(2, 12)),
            ],
            plan.Batches.Select(batch => (batch.Carrier, batch.Segment, batch.FirstSeq, batch.LastSeq)));
    }

    [Fact]
    public void Carriers_of_one_lane_take_turns_in_proportion_within_a_segment()
    {
        // 4 batches of the first carrier, 2 of the second.
        var plan = new PlanningCase { Carriers = [("viettel_test", [24_000]), ("viettel_test", [12_000])] }.Plan;

        Assert.Equal([1, 2, 1, 1, 2, 1], plan.Batches.Select(batch => batch.Carrier));
    }

    [Fact]
    public void A_lane_without_recipients_stays_in_the_plan()
    {
        var plan =
            new PlanningCase { Lanes = [PlanningCase.Lane("viettel_test"), PlanningCase.Lane("vina_test")] }.Plan;

        Assert.Equal(["viettel_test", "vina_test"], plan.Lanes.Select(lane => lane.Name));
        Assert.All(plan.Batches, batch => Assert.Equal(1, batch.Lane));
    }

    [Fact]
    public void Every_message_is_in_exactly_one_batch_of_the_lane_that_serves_it()
    {
        var carrier = Gen.Select(Gen.Int[1, 3], Gen.Long[0, 20_000].Array[4]);

        Gen.Select(carrier.List[1, 15], Gen.Int[1, 500], Gen.Int[1, 6]).Sample((carriers, rate, parts) =>
        {
            var made = new PlanningCase
            {
                Lanes = [.. Enumerable.Range(1, 3).Select(id => PlanningCase.Lane($"lane{id}", rate))],
                Text = PlanningCase.TextOfParts(parts),
                Carriers = [.. carriers.Select(each => ((string?)$"lane{each.Item1}", each.Item2))],
            };
            var (plan, audience) = (made.Plan, made.Audience);

            for (var id = 1; id <= carriers.Count; id++)
            {
                var ranges = plan.Batches.Where(batch => batch.Carrier == id).OrderBy(batch => batch.FirstSeq).ToList();
                var next = MessageSeq.Of(id, 1);
                foreach (var batch in ranges)
                {
                    Assert.Equal(next, batch.FirstSeq);
                    Assert.Equal(plan.Lanes[batch.Lane - 1].Name, audience.Carriers[id - 1].Lane);
                    next = batch.LastSeq + 1;
                }

                Assert.Equal(carriers[id - 1].Item2.Sum(), next - MessageSeq.Of(id, 1));
            }

            Assert.All(audience.Recipients, count => Assert.Equal(
                count.Messages,
                plan.Batches
                    .Where(batch => batch.Carrier == count.Carrier && batch.Segment == count.Segment)
                    .Sum(batch => batch.Messages)));
            Assert.All(plan.Batches.GroupBy(batch => batch.Lane), lane => Assert.Equal(
                lane.Select(batch => batch.Segment).Order(), lane.Select(batch => batch.Segment)));
        }, iter: 200);
    }

    [Fact]
    public void The_same_plan_has_the_same_hash()
    {
        Assert.Equal(new PlanningCase().Plan.Hash, new PlanningCase().Plan.Hash);
        Assert.Matches("^[0-9a-f]{64}$", new PlanningCase().Plan.Hash);
    }

    public static TheoryData<Lane> ChangedLanes =>
    [
        PlanningCase.Lane("viettel_other"),
        PlanningCase.Lane("viettel_test", rate: 101),
        PlanningCase.Lane("viettel_test", unit: RateUnit.Messages),
        PlanningCase.Lane("viettel_test", price: 301),
        PlanningCase.Lane("viettel_test", standIn: false),
        PlanningCase.Lane("viettel_test", unicode: false),
        PlanningCase.Lane("viettel_test", mostParts: 5),
        PlanningCase.Lane("viettel_test", mostPerCall: 2),
        PlanningCase.Lane("viettel_test", receiptTimeout: TimeSpan.FromHours(71)),
    ];

    [Theory]
    [MemberData(nameof(ChangedLanes))]
    public void Any_change_of_a_lane_changes_the_hash(Lane changed) => Assert.NotEqual(
        new PlanningCase { Carriers = [("viettel_test", [500])] }.Plan.Hash,
        new PlanningCase { Lanes = [changed], Carriers = [(changed.Name, [500])] }.Plan.Hash);

    [Fact]
    public void One_recipient_more_changes_the_hash() => Assert.NotEqual(
        new PlanningCase { Carriers = [("viettel_test", [500])] }.Plan.Hash,
        new PlanningCase { Carriers = [("viettel_test", [501])] }.Plan.Hash);

    [Fact]
    public void A_price_is_the_same_however_it_is_written() => Assert.Equal(
        new PlanningCase { Lanes = [PlanningCase.Lane("viettel_test", price: 300m)] }.Plan.Hash,
        new PlanningCase { Lanes = [PlanningCase.Lane("viettel_test", price: 300.00m)] }.Plan.Hash);
}
