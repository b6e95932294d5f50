using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Storage.Rows.Registry;

/// <summary>The tables alert and alert_told of ledger.db.</summary>
sealed class AlertRows(IRegistryDb file) : IAlerts
{
    public void Raise(Alert alert, DateTimeOffset now)
    {
        var (kind, severity) = (alert.Kind.ToWord(), alert.Severity.ToWord());
        DateTimeOffset? over = alert.Kind.IsEvent() ? now : null;
        using var db = file.Open();
        db.Transact(() =>
        {
            var updated = over is null
                ? db.Run($"""
                    update alert
                    set    severity = {severity},
                           what_vi = {Text(alert.What, Language.Vietnamese)}, what_en = {Text(alert.What, Language.English)},
                           detail_vi = {Text(alert.Detail, Language.Vietnamese)}, detail_en = {Text(alert.Detail, Language.English)},
                           next_vi = {Text(alert.Next, Language.Vietnamese)}, next_en = {Text(alert.Next, Language.English)}
                    where  kind = {kind} and about = {alert.About} and over_at is null
                    """)
                : (int)db.FindNumber($"select count(*) from alert where kind = {kind} and about = {alert.About}")!;
            if (updated > 0)
                return;

            db.Run($"""
                insert into alert
                       (kind, about, severity, since, what_vi, what_en, detail_vi, detail_en, next_vi, next_en, raised_at, over_at)
                values ({kind}, {alert.About}, {severity}, {alert.Since},
                        {Text(alert.What, Language.Vietnamese)}, {Text(alert.What, Language.English)},
                        {Text(alert.Detail, Language.Vietnamese)}, {Text(alert.Detail, Language.English)},
                        {Text(alert.Next, Language.Vietnamese)}, {Text(alert.Next, Language.English)}, {now}, {over?.ToSql()})
                """);
        });
    }

    public bool SetOver(AlertKind kind, string about, DateTimeOffset now, Wording? how = null)
    {
        var (vi, en) = (how?.In(Language.Vietnamese), how?.In(Language.English));
        using var db = file.Open();
        return db.Run($"""
            update alert
            set    over_at = {now}, what_vi = coalesce({vi}, what_vi), what_en = coalesce({en}, what_en)
            where  kind = {kind.ToWord()} and about = {about} and over_at is null
            """) > 0;
    }

    public IReadOnlyList<RaisedAlert> Read(DateTimeOffset overSince)
    {
        using var db = file.Open();
        return db.Read(
            $"""
            select   id, kind, about, severity, since, what_vi, what_en, detail_vi, detail_en, next_vi, next_en, raised_at, over_at
            from     alert
            where    over_at is null or over_at >= {overSince}
            order by id
            """,
            row => new RaisedAlert(
                row.Number(0),
                new Alert(
                    AlertKinds.Find(row.Text(1)!),
                    row.Text(2)!,
                    AlertKinds.FindSeverity(row.Text(3)!),
                    Moment(row.Text(4)!, row),
                    new Wording(row.Text(5)!, row.Text(6)!),
                    new Wording(row.Text(7)!, row.Text(8)!),
                    new Wording(row.Text(9)!, row.Text(10)!)),
                Moment(row.Text(11)!, row),
                row.Text(12) is { } over ? Moment(over, row) : null));
    }

    public IReadOnlyList<AlertTelling> ReadTold(DateTimeOffset overSince)
    {
        using var db = file.Open();
        return db.Read(
            $"""
            select   t.alert, t.receiver, t.news, t.severity, t.told_at, t.times, t.tries, t.failing_since, t.next_try_at, t.trouble_vi, t.trouble_en
            from     alert_told t
            join     alert a on a.id = t.alert
            where    a.over_at is null or a.over_at >= {overSince}
            order by t.alert, t.receiver
            """,
            row => new AlertTelling(
                row.Number(0),
                row.Text(1)!,
                row.Text(2) is { } news && Enum.TryParse<AlertNews>(news, ignoreCase: true, out var told)
                    ? new AlertTold(told, AlertKinds.FindSeverity(row.Text(3) ?? ""), Moment(row.Text(4) ?? "", row))
                    : null,
                (int)row.Number(5),
                row.Text(7) is { } since
                    ? new AlertFailure(
                        (int)row.Number(6),
                        Moment(since, row),
                        Moment(row.Text(8) ?? "", row),
                        new Wording(row.Text(9) ?? "", row.Text(10) ?? ""))
                    : null));
    }

    public void Note(AlertTelling telling)
    {
        var (told, failing) = (telling.Told, telling.Failing);
        using var db = file.Open();
        db.Run($"""
            insert into alert_told
                   (alert, receiver, news, severity, told_at, times, tries, failing_since, next_try_at, trouble_vi, trouble_en)
            values ({telling.Alert}, {telling.Receiver},
                    {told?.News.ToString().ToLowerInvariant()}, {told?.Severity.ToWord()}, {told?.At.ToSql()},
                    {telling.Times}, {failing?.Tries ?? 0}, {failing?.Since.ToSql()}, {failing?.NextTry.ToSql()},
                    {failing?.Trouble.In(Language.Vietnamese)}, {failing?.Trouble.In(Language.English)})
            on conflict (alert, receiver) do update
            set news = excluded.news, severity = excluded.severity, told_at = excluded.told_at, times = excluded.times,
                tries = excluded.tries, failing_since = excluded.failing_since, next_try_at = excluded.next_try_at,
                trouble_vi = excluded.trouble_vi, trouble_en = excluded.trouble_en
            """);
    }

    static string Text(Wording words, Language language) => words.In(language) ?? "";

    /// <summary>What is no time is long ago: an alert is told all the same.</summary>
    static DateTimeOffset Moment(string written, Statement row)
    {
        try
        {
            return SqlTime.FromSql(written, "alert", $"{row.Number(0)}");
        }
        catch (LedgerRowException)
        {
            return DateTimeOffset.UnixEpoch;
        }
    }
}
