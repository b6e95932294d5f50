using System.Text.Json;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Storage.Marks;

/// <summary>
/// What persons have ordered of what is sent, kept outside the data folder too: an older copy of ledger.db, or one of
/// which a row was taken out, lets nothing go on that a person has stopped.
/// </summary>
/// <remarks>A line an order that is given or lifted. Only ever added to.</remarks>
sealed class OrderMarks(DataFolder data)
{
    readonly MarkLines _lines = new(data, "orders.given");

    /// <summary>On disk when it returns, and before ledger.db says it: cut off in between, the order stands.</summary>
    /// <exception cref="LedgerException">It cannot be written.</exception>
    public void Give(NewOrder order, string witness, DateTimeOffset now) =>
        Add(OrderMark.Of(order, witness, now));

    /// <summary>On disk when it returns. One that stands by its mark alone is lifted after ledger.db says it, any
    /// other before: cut off in between, it stands. One for good stands all the same.</summary>
    /// <exception cref="LedgerException">It cannot be written.</exception>
    public void Lift(string witness, DateTimeOffset now) => Add(new OrderMark(witness, null, now.ToSql()));

    /// <summary>Those that stand, the first given first, each with a negative id. Where they cannot be read one
    /// stands that pauses everything, and says why.</summary>
    public IReadOnlyList<StandingOrder> Read()
    {
        if (_lines.TryRead(out var lines) is { } unread)
            return [Unreadable(unread)];

        var standing = new List<StandingOrder>();
        for (var at = 0; at < lines.Length; at++)
        {
            if (!lines[at].EndsWith('}')) // cut off by a kill: nobody was told that it was done
                continue;

            try
            {
                var mark = JsonSerializer.Deserialize(lines[at], StorageJson.Default.OrderMark)!;
                if (mark.Kind is null)
                    standing.RemoveAll(order => order.Witness == mark.Witness && !order.IsForGood);
                else
                    standing.Add(mark.ToOrder(at + 1));
            }
            catch (Exception odd) when (odd is JsonException or FormatException or LedgerRowException)
            {
                return [Unreadable(new Wording($"dòng {at + 1}", $"line {at + 1}"))];
            }
        }

        return standing;
    }

    /// <summary>Witnesses of the orders that were lifted. None where the marks cannot be read: then one stands that
    /// says so.</summary>
    public HashSet<string> ReadLifted() =>
        [.. ReadReadable().Where(mark => mark.Kind is null).Select(mark => mark.Witness)];

    /// <summary>Adds those that are not here: given while the marks could not be written, or by a program that kept
    /// none. Killed in between, the next call adds the rest.</summary>
    /// <param name="standing">With their witnesses, as ledger.db has them.</param>
    /// <exception cref="LedgerException">It cannot be written.</exception>
    public void AddMissing(IEnumerable<StandingOrder> standing)
    {
        var known = ReadReadable().Select(mark => mark.Witness).ToHashSet();
        foreach (var order in standing.Where(order => !known.Contains(order.Witness!)))
            Add(OrderMark.Of(order));
    }

    /// <summary>All lines that say what this program knows.</summary>
    List<OrderMark> ReadReadable()
    {
        var marks = new List<OrderMark>();
        if (_lines.TryRead(out var lines) is not null)
            return marks;

        foreach (var line in lines.Where(line => line.EndsWith('}')))
        {
            try
            {
                if (JsonSerializer.Deserialize(line, StorageJson.Default.OrderMark) is { Witness: not null } mark)
                    marks.Add(mark);
            }
            catch (JsonException)
            {
            }
        }

        return marks;
    }

    void Add(OrderMark mark) => _lines.Add(
        JsonSerializer.Serialize(mark, StorageJson.Default.OrderMark),
        why => new Wording(
            $"chưa ghi được lệnh về việc đang gửi: {why}",
            $"what is ordered of what is sent cannot be written: {why}"));

    StandingOrder Unreadable(Wording why) =>
        new(long.MinValue, OrderKind.Pause, null, null, null, Who.Here("sms-campaign"), "orders.given")
        {
            IsOnlyMarked = true,
            Unreadable = new Wording(
                $"Không đọc được các lệnh tạm dừng, hủy, kết thúc sớm trong {_lines.File} ({why}), nên không biết "
                    + $"được gửi gì và không gửi gì. Hãy báo kỹ sư phụ trách cho tài khoản chạy chương trình đọc và "
                    + $"ghi thư mục {data.Marks}, hoặc sửa dòng hỏng.",
                $"What persons have paused, cancelled or ended in {_lines.File} cannot be read ({why}), so that what "
                    + $"may be sent is not known and nothing is. Have your engineer let the account the program runs "
                    + $"as read and write the folder {data.Marks}, or mend the broken line."),
        };
}
