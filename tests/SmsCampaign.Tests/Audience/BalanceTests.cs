using CsCheck;
using SmsCampaign.Campaigns;
using SmsCampaign.Messages;

namespace SmsCampaign.Tests.Audience;

/// <summary>Rule 7 where it begins, and rule 1: no row without an outcome, no number with two messages.</summary>
public class BalanceTests
{
    static readonly Gen<string> Phone = Gen.OneOf(
        Gen.Int[0, 30].Select(last => $"09123456{last:D2}"),
        Gen.Int[0, 30].Select(last => $"+84 912 3456 {last:D2}"),
        Gen.Int[0, 30].Select(last => $"09623456{last:D2}"),
        Gen.OneOf("", " ", "x", "9.12E+08", "02623812345", "+12025550143", "0999123456", "113"),
        Gen.String[Gen.Char[" 0123456789.+-E"], 0, 14]);

    static readonly Gen<string> File = Gen.Select(
        Phone, Gen.OneOf("Ea Bung", "Tân An", ""), Gen.OneOf("VT", "Vina", "lạ", ""))
        .Select((phone, commune, carrier) => $"\"{phone}\",{commune},{carrier}\n")
        .Array[0, 60]
        .Select(rows => "SĐT,Xã,Mạng\n" + string.Concat(rows));

    [Fact]
    public void Rows_matched_are_recipients_and_exclusions_whatever_the_files() =>
        Gen.Select(File, File, Gen.Int[0, 30], Gen.Bool).Sample((one, other, suppressed, swap) =>
        {
            using var bench = new ImportBench();
            bench.Folder.Write("one.csv", one);
            bench.Folder.Write("other.csv", other);
            bench.Folder.Write("no.txt", $"09123456{suppressed:D2}\n");
            bench.Segment("one.csv", "a", swap ? 2 : 1, new ColumnFilter("Xã", ["Ea Bung", "Tân An"]))
                .Segment("other.csv", "b", swap ? 1 : 2)
                .Segment("one.csv", "c", 3)
                .Suppress("no.txt");

            var (reading, rows) = bench.Import();
            var audience = reading.Audience!;

            Assert.Equal(audience.Total, audience.RecipientTotal + audience.ExcludedTotal);
            Assert.Equal(rows.Messages.Count, audience.RecipientTotal);
            Assert.Equal(rows.Exclusions.Count, audience.ExcludedTotal);
            Assert.Equal(rows.Messages.Count, rows.Messages.Select(message => message.Row.Number).Distinct().Count());
            Assert.Equal(
                audience.Segments.Select(segment => segment.Matched),
                Enumerable.Range(1, 3).Select(
                    segment => (long)rows.Messages.Count(message => message.Row.Segment == segment)
                        + rows.Exclusions.Count(row => row.Segment == segment)));

            // Every duplicate stands once elsewhere, as a message or for want of a lane.
            var first = rows.Messages.Select(message => message.Row.Number)
                .Concat(
                    rows.Exclusions.Where(row => row.Reason == ExclusionReason.NoLane).Select(row => row.Number!.Value))
                .ToHashSet();
            Assert.All(
                rows.Exclusions.Where(row => row.Reason == ExclusionReason.Duplicate),
                row => Assert.Contains(row.Number!.Value, first));
        }, iter: 200);
}
