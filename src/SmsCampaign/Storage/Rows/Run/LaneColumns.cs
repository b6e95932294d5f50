using System.Globalization;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;

namespace SmsCampaign.Storage.Rows.Run;

/// <summary>Reads what a run's ledger says of a lane. What no program has written is named by its row, and so is a row
/// of another table that points to no lane.</summary>
/// <param name="file">The ledger, for what is said of it.</param>
sealed class LaneColumns(string file)
{
    const string Table = "lane";

    /// <summary>Letters of a lane's settings that are shown where they cannot be read.</summary>
    const int MostShown = 60;

    /// <param name="row">id, name, rate, rate_unit, receipt_trust, receipt_seconds, price_per_part, settings.</param>
    /// <exception cref="LedgerRowException">A column cannot be read.</exception>
    public RunLane Read(Statement row)
    {
        var (lane, settings) = (row.Text(0)!, row.Text(7)!);
        return new RunLane(
            (int)row.Number(0),
            row.Text(1)!,
            (int)row.Number(2),
            Unit(row.Text(3)!, lane),
            Trust(row.Text(4)!, lane),
            TimeSpan.FromSeconds(row.Number(5)),
            Price(row.Text(6)!, lane))
        {
            Carriers = Of(LaneSettings.CarriersOf),
            FallbackFor = Of(LaneSettings.FallbackForOf),
            Limits = Of(LaneSettings.LimitsOf),
            DayZone = Of(LaneSettings.ZoneOf),
        };

        T Of<T>(Func<string, T> read)
        {
            try
            {
                return read(settings);
            }
            catch (FormatException)
            {
                throw Unreadable(lane, settings);
            }
        }
    }

    public RateUnit Unit(string text, string lane) => StoredName.Read<RateUnit>(text, Table, lane, file);

    public ReceiptTrust Trust(string text, string lane) => StoredName.Read<ReceiptTrust>(text, Table, lane, file);

    /// <summary>Đồng a part.</summary>
    public decimal Price(string text, string lane) =>
        decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var price)
            ? price
            : throw LedgerRowException.Of(Table, lane, text, new Wording("giá một phần tin", "price of a part"), file);

    /// <summary>To be thrown where a row points to a lane that is not there.</summary>
    public LedgerRowException NoSuch(long lane, string table, string row) => LedgerRowException.Of(
        table,
        row,
        lane.ToString(CultureInfo.InvariantCulture),
        new Wording("số của một kênh gửi trong bảng lane", "number of a lane in the table lane"),
        file);

    LedgerRowException Unreadable(string lane, string settings)
    {
        var said = NumberMask.In(settings);
        return LedgerRowException.Of(
            Table,
            lane,
            said.Length > MostShown ? said[..MostShown] + "…" : said,
            new Wording("cấu hình kênh gửi mà chương trình đọc được", "settings of a lane that this program can read"),
            file);
    }
}
