using SmsCampaign.Orders;

namespace SmsCampaign.Tests.Orders;

/// <summary>What is kept of numbers.</summary>
public sealed class NumberRecordsTests
{
    [Fact]
    public void A_record_keeps_what_it_is_made_of()
    {
        var record = NumberRecord.Of(
            (UInt128.One << 96) - 1, 65_535, NumberClaim.Excluded, NumberMarks.AlsoOurs | NumberMarks.OtherCarrier);

        Assert.Equal((UInt128.One << 96) - 1, record.Number);
        Assert.Equal(
            (65_535, NumberClaim.Excluded, NumberMarks.AlsoOurs | NumberMarks.OtherCarrier),
            (record.Area, record.Claim, record.Marks));
    }

    /// <summary>More than a chunk, and more than a part.</summary>
    [Fact]
    public void Records_come_in_order_of_their_numbers_and_are_read_as_they_were_written()
    {
        const int count = (1 << 20) + 5;
        var records = new NumberRecords();
        for (var at = 0; at < count; at++)
            records.Add(Record(at * 7919L % count));

        var parts = NumberParts.Write(records.Sorted());

        Assert.Equal(5, parts.Count);
        var expected = UInt128.Zero;
        foreach (var record in NumberParts.Read(parts))
            Assert.Equal(expected++, record.Number);
        Assert.Equal((UInt128)count, expected);
    }

    [Fact]
    public void Two_lists_are_held_side_by_side()
    {
        NumberRecord[] one = [Record(1), Record(2), Record(3, NumberClaim.NotSent), Record(9)];
        NumberRecord[] other = [Record(2, NumberClaim.Failed), Record(3), Record(4), Record(9)];

        Assert.Equal(2, NumberParts.CountShared(one, other)); // 2 and 9; 3 was texted by one alone
        Assert.Equal(new NumberChanges(Added: 1, Removed: 1, Changed: 2), NumberParts.Compare(one, other));
        Assert.Equal(new NumberChanges(0, 4, 0), NumberParts.Compare(one, []));
        Assert.Equal(
            [
                Record(1), Record(2), Record(3), Record(4), Record(9),
            ],
            NumberParts.Union(one, other));
    }

    static NumberRecord Record(long number, NumberClaim claim = NumberClaim.Succeeded) =>
        NumberRecord.Of((UInt128)number, 0, claim, NumberMarks.None);
}
