using System.Globalization;
using SmsCampaign.Messages.Words;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Rows.Run;

namespace SmsCampaign.Storage.Rows.Registry;

/// <summary>
/// Recomputes the chain row by row and holds every record to the row that bears witness to it,
/// and every row to its record.
/// </summary>
sealed class AuditWalk
{
    readonly Db _db;
    readonly List<Wording> _findings = [];
    readonly List<Wording> _notes = [];
    readonly Dictionary<(string Kind, string Ref), AuditRow> _rows = [];
    readonly Dictionary<string, AuditRow> _stopped = [];

    AuditWalk(Db db) => _db = db;

    /// <param name="db">In a transaction: what it says does not change meanwhile.</param>
    public static AuditReport Walk(Db db, AuditKey? key, DataFolder? data)
    {
        var walk = new AuditWalk(db);
        var (rows, head, broken) = walk.WalkRows(key);
        if (broken is null)
        {
            walk.CompareRecords();
            walk.CompareVoids();
            walk.CompareStops();
            walk.CompareLifts();
            walk.CompareAnswers();
            if (data is not null)
                walk.CompareResolutions(data);
        }

        return new AuditReport(rows, head, broken, walk._findings, walk._notes);
    }

    (long Rows, AuditHead Head, long? Broken) WalkRows(AuditKey? key)
    {
        var (rows, before) = (0L, "");
        var (unkeyed, foreign) = (0L, 0L);
        using var each = _db.Prepare("select id, at, kind, ref, content, key, hash from audit order by id");

        while (each.Step())
        {
            var row = AuditRow.Of(each);
            rows++;
            var own = row.Key.Length > 0 && row.Key == key?.Fingerprint;
            if (row.Id != rows || ((own || row.Key.Length == 0) && row.Hash != row.HashAfter(before, own ? key : null)))
            {
                _findings.Add(new Wording(
                    $"Chuỗi kiểm toán đứt ở dòng {rows} ({row.Record}, {row.At}): dòng này đã bị sửa, hoặc có dòng "
                        + $"trước nó bị sửa, thêm hay xóa.",
                    $"The audit chain breaks at row {rows} ({row.Kind} {row.Ref}, {row.At}): it was changed, or a row "
                        + $"before it was changed, added or taken out."));
                return (rows, new AuditHead(rows - 1, before), rows);
            }

            (unkeyed, foreign) =
                (unkeyed + (row.Key.Length == 0 ? 1 : 0), foreign + (row.Key.Length > 0 && !own ? 1 : 0));
            Note(row);
            before = row.Hash;
        }

        if (unkeyed > 0)
        {
            _findings.Add(new Wording(
                $"{unkeyed} dòng của chuỗi được ghi khi không có khóa: ai ghi được ledger.db cũng "
                    + $"làm ra được các dòng đó.",
                $"{Figures.Counted(unkeyed, "row")} of the chain {Figures.Verb(unkeyed, "was", "were")} written "
                    + $"without a key: whoever can write ledger.db can have made them."));
        }

        if (foreign > 0)
        {
            _findings.Add(new Wording(
                $"{foreign} dòng của chuỗi không kiểm tra được vì không có đúng khóa đã ghi chúng.",
                $"{Figures.Counted(foreign, "row")} of the chain cannot be checked: the key it takes is not at hand."));
        }

        return (rows, new AuditHead(rows, before), null);
    }

    void Note(AuditRow row)
    {
        if (row.Kind == AuditKinds.LaneStop)
            _stopped[row.Ref] = row;
        else if (row.Kind == AuditKinds.LaneGo)
            _stopped.Remove(row.Ref);
        else if (!_rows.TryAdd((row.Kind, row.Ref), row))
            _findings.Add(Extra(row));
    }

    /// <summary>What stands in a table of its own, each by its id.</summary>
    void CompareRecords()
    {
        var start = _db.Read($"select approval, decision, event, command from audit_start", row =>
            (Approval: row.Number(0), Decision: row.Number(1), Event: row.Number(2), Command: row.Number(3)))[0];
        if ((_rows.TryGetValue((AuditKinds.Start, ""), out var first)
                && first.Content != $"[{start.Approval},{start.Decision},{start.Event}]")
            || !IsStartOfCommands(start.Command))
            _findings.Add(new Wording(
                "Mốc bắt đầu của chuỗi (audit_start) đã bị sửa.",
                "The chain's starting mark (audit_start) was changed."));

        foreach (var (table, columns) in AuditKinds.Records)
        {
            var oldest = table switch
            {
                AuditKinds.Approval => start.Approval,
                AuditKinds.Decision => start.Decision,
                AuditKinds.Event => start.Event,
                AuditKinds.Command => IsStartOfCommands(start.Command) ? start.Command : 0,
                _ => 0, // there was a chain before there was such a table
            };
            var seen = new HashSet<string>();
            foreach (var (id, content) in _db.Read(
                $"select id, {columns} from {new SqlText(table)} order by id", row => (row.Number(0), row.Text(1)!)))
            {
                var reference = id.ToString(CultureInfo.InvariantCulture);
                seen.Add(reference);
                var record = AuditKinds.Describe(table, reference);
                if (_rows.TryGetValue((table, reference), out var row))
                {
                    if (row.Content != content)
                        _findings.Add(new Wording(
                            $"{record}: đã bị sửa sau khi ghi (dòng {row.Id} của chuỗi).",
                            $"{record}: changed after it was written (row {row.Id} of the chain)."));
                }
                else if (id > oldest)
                {
                    _findings.Add(new Wording(
                        $"{record}: không có trong chuỗi, không do chương trình ghi.",
                        $"{record}: not in the chain; the program did not write it."));
                }
            }

            _findings.AddRange(_rows.Values.Where(row => row.Kind == table && !seen.Contains(row.Ref)).Select(Gone));
            if (oldest > 0)
                _notes.Add(new Wording(
                    $"{AuditKinds.Describe(table, $"{oldest}")} trở về trước có từ trước khi có chuỗi.",
                    $"{table}: those up to {oldest} are from before there was a chain."));
        }
    }

    /// <summary>Whether those up to it were asked before the chain bore commands out, as far as it says by
    /// now.</summary>
    bool IsStartOfCommands(long last) => _rows.TryGetValue((AuditKinds.Start, AuditKinds.Command), out var said)
        ? said.Content == AuditKinds.OlderCommands(last)
        : last == 0 || !_rows.Keys.Any(row => row.Kind == AuditKinds.Command);

    void CompareVoids()
    {
        var voided = _db.Read(
            $"select id, {AuditKinds.VoidContent} from approval where voided_at is not null",
            row => (Id: row.Number(0), Content: row.Text(1)!))
            .ToDictionary(row => row.Id.ToString(CultureInfo.InvariantCulture), row => row.Content);
        foreach (var row in _rows.Values.Where(row => row.Kind == AuditKinds.Void))
        {
            if (voided.GetValueOrDefault(row.Ref) != row.Content)
            {
                _findings.Add(new Wording(
                    $"phê duyệt số {row.Ref}: đã hết hiệu lực theo dòng {row.Id} của chuỗi, nhưng trong bảng ghi khác.",
                    $"approval {row.Ref}: void by row {row.Id} of the chain, but the table says something else."));
            }
        }

        foreach (var id in voided.Keys.Where(id =>
            _rows.ContainsKey((AuditKinds.Approval, id)) && !_rows.ContainsKey((AuditKinds.Void, id))))
            _findings.Add(new Wording(
                $"phê duyệt số {id}: bị ghi là hết hiệu lực mà chuỗi không có.",
                $"approval {id}: is marked void, which the chain does not say."));
    }

    /// <summary>Orders of persons that stand no more.</summary>
    void CompareLifts()
    {
        var lifted = _db.Read(
            $"select id, {AuditKinds.LiftContent} from standing_order where lifted_at is not null",
            row => (Id: row.Number(0), Content: row.Text(1)!))
            .ToDictionary(row => row.Id.ToString(CultureInfo.InvariantCulture), row => row.Content);
        var witnessed = _rows.Values
            .Where(row => row.Kind == AuditKinds.OrderLift)
            .ToDictionary(row => row.Ref, row => row.Content);
        foreach (var order in lifted.Keys
            .Union(witnessed.Keys)
            .Where(order => lifted.GetValueOrDefault(order) != witnessed.GetValueOrDefault(order)))
        {
            _findings.Add(new Wording(
                $"lệnh số {order} về việc đang gửi: việc kết thúc trong bảng khác với chuỗi, "
                    + $"không do chương trình ghi.",
                $"order {order}: how it was lifted is not what the chain says; the program did not write it."));
        }
    }

    /// <summary>What came of commands, but for those that were not asked as they stand: nothing did.</summary>
    void CompareAnswers()
    {
        foreach (var (reference, content, answer) in _db.Read(
            $"""
            select   id, {AuditKinds.Records[AuditKinds.Command]},
                     case when answered_at is null then '' else {AuditKinds.AnswerContent} end
            from     command
            order by id
            """,
            row => (row.Number(0).ToString(CultureInfo.InvariantCulture), row.Text(1)!, row.Text(2)!)))
        {
            if (_rows.TryGetValue((AuditKinds.Command, reference), out var asked)
                && asked.Content == content
                && answer != (_rows.GetValueOrDefault((AuditKinds.CommandAnswer, reference))?.Content ?? ""))
            {
                _findings.Add(new Wording(
                    $"yêu cầu số {reference} với dịch vụ gửi: trả lời trong bảng khác với chuỗi, "
                        + $"không do chương trình ghi.",
                    $"command {reference}: its answer is not what the chain says; the program did not write it."));
            }
        }
    }

    void CompareStops()
    {
        var now = _db.Read(
            $"select lane, {AuditKinds.StopContent}, {AuditKinds.OlderStopContent} from lane_stop",
            row => (Lane: row.Text(0)!, Content: row.Text(1)!, Older: row.Text(2)!)).ToDictionary(
                stop => stop.Lane);
        bool IsAsWritten(string lane, AuditRow row) =>
            now.TryGetValue(lane, out var stop) && (row.Content == stop.Content || row.Content == stop.Older);
        foreach (var (lane, row) in _stopped.Where(stop => !IsAsWritten(stop.Key, stop.Value)))
        {
            _findings.Add(new Wording(
                $"Kênh gửi '{lane}': dừng theo dòng {row.Id} của chuỗi, nhưng trong bảng ghi khác; "
                    + $"không ai cho gửi tiếp bằng 'resume'.",
                $"Lane '{lane}': stopped by row {row.Id} of the chain, but the table says something else; "
                    + $"nobody let it go on by 'resume'."));
        }

        foreach (var lane in now.Keys.Where(lane => !_stopped.ContainsKey(lane)))
        {
            if (AuditWitnesses.IsFromBefore(_db, lane))
            {
                _notes.Add(new Wording(
                    $"Kênh gửi '{lane}': việc dừng có từ trước khi có chuỗi, nên chuỗi không xác nhận được.",
                    $"Lane '{lane}': it was stopped before there was a chain, which cannot bear it out."));
            }
            else
            {
                _findings.Add(new Wording(
                    $"Kênh gửi '{lane}': đang dừng mà chuỗi không có việc dừng này, không do chương trình ghi.",
                    $"Lane '{lane}': is stopped, which the chain does not say; the program did not write it."));
            }
        }
    }

    /// <summary>What persons decided of uncertain messages stands in the runs' ledgers.</summary>
    void CompareResolutions(DataFolder data)
    {
        var witnessed = _rows.Values.Where(row => row.Kind == AuditKinds.Resolution).ToDictionary(row => row.Ref);
        var begun = _rows.TryGetValue((AuditKinds.Start, ""), out var start)
            ? ProcessClock.ToMicros(SqlTime.FromSql(start.At, "audit", AuditKinds.Start))
            : long.MaxValue;

        // Each time 'resolve' settled something it recorded an event: where none is from before the chain,
        // nothing was settled before it.
        var mayBeOlder = _db.FindNumber($"select event from audit_start") > 0;
        var older = 0;
        foreach (var (run, file) in _db.Read($"select key, file from run", row => (row.Text(0)!, row.Text(1)!)))
        {
            Database at;
            try
            {
                at = data.AddressOf(run, file).KeptIn;
            }
            catch (LedgerRowException elsewhere)
            {
                _findings.Add(elsewhere.Words);
                continue;
            }

            if (!at.Exists)
                continue;

            try
            {
                Compare(run, at);
            }
            catch (LedgerException damaged) // the others are compared all the same
            {
                var why = damaged.Words;
                _findings.Add(new Wording(
                    $"{run}: không đọc được sổ {at} ({why}), nên không so được các quyết định ghi trong đó.",
                    $"{run}: the ledger {at} cannot be read ({why}), so that what was "
                        + $"decided in it is not compared."));
            }
        }

        if (older > 0)
            _notes.Add(new Wording(
                $"{older} tin do người quyết định từ trước khi có chuỗi.",
                $"{Figures.Counted(older, "message")} {Figures.Verb(older, "was", "were")} settled by persons "
                    + $"before there was a chain."));

        // Killed between the two files, or the run's file is no longer there.
        foreach (var row in witnessed.Values)
        {
            _notes.Add(new Wording(
                $"Dòng {row.Id} của chuỗi: {row.Record} không có trong sổ của lượt gửi: lệnh 'resolve' bị ngắt trước "
                    + $"khi ghi xong, hoặc sổ không còn. Các tin đó vẫn là chưa rõ.",
                $"Row {row.Id} of the chain: what was decided ({row.Ref}) is not in the run's ledger: "
                    + $"'resolve' was cut off before it was written, or the ledger is gone. "
                    + $"Those messages are still uncertain."));
        }

        void Compare(string run, Database ledger)
        {
            if (RunResolutions.CountForeign(ledger) is > 0 and var foreign)
            {
                _findings.Add(new Wording(
                    $"{run}: {foreign} tin được ghi kết quả không phải bởi người nào, cũng không "
                        + $"theo cách nào của chương trình.",
                    $"{run}: {Figures.Counted(foreign, "message")} {Figures.Verb(foreign, "is", "are")} settled by no "
                        + $"person, and in no way that the program has."));
            }

            // A person's whose kind was changed would look as if it had never been written.
            foreach (var (at, to) in RunResolutions.ReadProgramsMoments(ledger))
            {
                if (witnessed.Remove(PersonsResolution.ReferenceTo(run, at, to), out var row))
                {
                    _findings.Add(new Wording(
                        $"{run}: quyết định của người ở dòng {row.Id} của chuỗi bị ghi trong sổ "
                            + $"thành việc của chương trình.",
                        $"{run}: what a person decided by row {row.Id} of the chain is marked in the "
                            + $"ledger as the program's doing."));
                }
            }

            foreach (var resolution in RunResolutions.ReadPersons(ledger))
            {
                var reference = resolution.ReferenceOf(run);
                if (mayBeOlder && resolution.At < begun && !witnessed.ContainsKey(reference))
                {
                    older += resolution.Messages;
                }
                else if (!witnessed.Remove(reference, out var row))
                {
                    _findings.Add(new Wording(
                        $"{run}: {resolution.Messages} tin được ghi là '{MessageStatusWords.Of(resolution.To)}' bởi "
                            + $"'{resolution.Who}' mà chuỗi không có.",
                        $"{run}: {Figures.Counted(resolution.Messages, "message")} settled as {resolution.To} by "
                            + $"'{resolution.Who}', which the chain does not say."));
                }
                else if (row.Content != resolution.ToContent())
                {
                    _findings.Add(new Wording(
                        $"{run}: quyết định của '{resolution.Who}' khác với dòng {row.Id} của chuỗi.",
                        $"{run}: what '{resolution.Who}' decided differs from row {row.Id} of the chain."));
                }
            }
        }
    }

    static Wording Gone(AuditRow row) => new(
        $"{row.Record}: có ở dòng {row.Id} của chuỗi nhưng đã mất khỏi bảng.",
        $"{row.Record}: stands in row {row.Id} of the chain, but is gone from its table.");

    static Wording Extra(AuditRow row) => new(
        $"{row.Record}: được ghi hai lần trong chuỗi (dòng {row.Id}).",
        $"{row.Record}: stands twice in the chain (row {row.Id}).");
}
