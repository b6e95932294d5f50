using System.Globalization;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Storage.Rows.Registry;

/// <summary>The table lane_stop of ledger.db.</summary>
sealed class LaneStops : ILaneStops
{
    const string Table = "lane_stop";

    readonly IRegistryDb _file;
    readonly AuditLog _audit;

    public LaneStops(IRegistryDb file, AuditLog audit) => (_file, _audit) = (file, audit);

    public void Add(LaneStop stopped)
    {
        var at = (stopped.At ?? throw new ArgumentException("a stop that is kept has a time", nameof(stopped))).ToSql();
        using var db = _file.Open();
        db.Transact(() =>
        {
            var added = db.FindText($"""
                insert into lane_stop (lane, at, reason, kind, cause)
                values ({stopped.Lane}, {at}, {stopped.Reason}, {(int)stopped.Kind}, {(int)stopped.Cause})
                on conflict do nothing
                returning {AuditKinds.StopContent}
                """);
            if (added is not null)
                _audit.Append(db, AuditKinds.LaneStop, stopped.Lane, added, at);
        });
    }

    public IReadOnlyList<LaneStop> Read()
    {
        using var db = _file.Open();
        db.BeginReading(); // what is judged is what was read
        var stops = db.Read($"select lane, at, reason, kind, cause from lane_stop order by lane", ToStop);
        return [.. stops.Select(
            stop => stop with { Unreadable = stop.Unreadable ?? DescribeUnvouched(db, stop.Lane) })];
    }

    public bool IsStopped(string lane)
    {
        using var db = _file.Open();
        return db.FindNumber($"select 1 from lane_stop where lane = {lane}") is not null;
    }

    public bool Remove(string lane, DateTimeOffset now)
    {
        using var db = _file.Open();
        return db.Transact(() => Remove(db, lane, now));
    }

    public LaneStop? Remove(string lane, Func<LaneStop, bool> isSeen, DateTimeOffset now)
    {
        using var db = _file.Open();
        return db.Transact(() =>
        {
            var stop = db.Find($"select lane, at, reason, kind, cause from lane_stop where lane = {lane}", ToStop);
            if (stop is null || !isSeen(stop))
                return stop;

            Remove(db, lane, now);
            return null;
        });
    }

    bool Remove(Db db, string lane, DateTimeOffset now)
    {
        var removed = db.FindText($"delete from lane_stop where lane = {lane} returning {AuditKinds.StopContent}");
        if (removed is not null)
            _audit.Append(db, AuditKinds.LaneGo, lane, removed, now.ToSql());
        return removed is not null;
    }

    /// <summary>What the audit chain says otherwise. The lane stands still all the same.</summary>
    Wording? DescribeUnvouched(Db db, string lane)
    {
        var what = _audit.JudgeStop(db, lane) switch
        {
            Vouching.Missing => new Wording(
                "không do chương trình ghi: chuỗi kiểm toán không có",
                "was not written by the program: the audit chain does not have it"),
            Vouching.Changed => new Wording(
                "đã bị sửa sau khi ghi: khác với chuỗi kiểm toán",
                "was changed after it was written: the audit chain says something else"),
            Vouching.Over => new Wording(
                "đã được 'resume' bỏ theo chuỗi kiểm toán, nay bị ghi lại như còn dừng",
                "was lifted by 'resume' as the audit chain says, and was made to look as if it stood"),
            _ => (Wording?)null,
        };
        return what is null ? null
            : NumberMask.In(new Wording(
                $"Việc dừng kênh gửi '{lane}' trong ledger.db ", $"The stop of lane '{lane}' in ledger.db ")
                + what.Value
                + new Wording(
                    ". Kênh vẫn được giữ dừng. Hãy báo kỹ sư phụ trách: có người ghi thẳng vào ledger.db; xem "
                        + $"'sms-campaign audit verify'. Cho gửi tiếp: sms-campaign resume {lane} --by \"Họ tên\"",
                    ". The lane is held all the same. Tell your engineer: somebody writes to ledger.db directly; see "
                        + $"'sms-campaign audit verify'. To let it go on: sms-campaign resume {lane} --by NAME"));
    }

    static LaneStop ToStop(Statement row)
    {
        var name = row.Text(0)!;
        var (kind, cause) = (Find<LaneStopKind>(row.Number(3)), Find<HoldCause>(row.Number(4)));
        var (at, unreadable) = ReadTime(row.Text(1)!, name);
        if (kind is null || cause is null)
        {
            unreadable ??= LedgerRowException.Of(
                Table, name, row.Number(kind is null ? 3 : 4).ToString(CultureInfo.InvariantCulture), new Wording(
                    "loại hoặc nguyên nhân dừng mà chương trình biết",
                    "kind or cause of a stop that this program knows")).Words;
        }

        return new LaneStop(name, at, row.Text(2)!, kind ?? LaneStopKind.Fault, cause ?? HoldCause.AsSaid)
        {
            Unreadable = unreadable,
        };
    }

    static (DateTimeOffset? At, Wording? Unreadable) ReadTime(string written, string lane)
    {
        try
        {
            return (SqlTime.FromSql(written, Table, lane), null);
        }
        catch (LedgerRowException unreadable)
        {
            return (null, unreadable.Words);
        }
    }

    static TEnum? Find<TEnum>(long number)
        where TEnum : struct, Enum => Enum.GetValues<TEnum>()
            .Where(each => Convert.ToInt64(each, CultureInfo.InvariantCulture) == number)
            .Select(each => (TEnum?)each)
            .FirstOrDefault();
}
