using System.Globalization;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Storage.Rows.Registry;

/// <summary>The table command of ledger.db. Whoever asks writes by <see cref="Ask"/>, and whoever reads reads by
/// <see cref="Read"/>: what the audit chain does not bear out is given as such.</summary>
sealed class CommandRows : IAskedCommands
{
    static readonly SqlText Columns = new(
        "id, kind, run, arguments, seen, person, account, host, behind, taken_by, outcome, answer_vi, answer_en, "
        + AuditKinds.AnswerContent.Text);

    readonly IRegistryDb _file;
    readonly AuditLog _audit;

    public CommandRows(IRegistryDb file, AuditLog audit) => (_file, _audit) = (file, audit);

    public long Ask(CommandOrder order, DateTimeOffset now)
    {
        using var db = _file.Open();
        return db.Transact(() =>
        {
            BeginCommands(db, now.ToSql());

            // The number of one whose row was taken out is not given again: the chain has it.
            var last = db.FindNumber($"""
                select coalesce(max(cast(ref as bigint)), 0) from audit where kind = {AuditKinds.Command}
                """);
            var id = _audit.AddRecord(db, AuditKinds.Command, now.ToSql(), $"""
                insert into command (id, run, kind, arguments, seen, person, account, host, behind, asked_at)
                values ((select max(coalesce(max(id), 0), {last}) + 1 from command),
                        {order.Run?.ToString()}, {order.Kind}, {order.Arguments}, {order.Seen},
                        {order.Who.Person}, {order.Who.Account}, {order.Who.Host}, {order.Who.Behind}, {now})
                """);
            return id;
        });
    }

    public IReadOnlyList<AskedCommand> ReadOpen() =>
        Read($"select {Columns} from command where answered_at is null order by id");

    public IReadOnlyList<AskedCommand> ReadForged(DateTimeOffset since) =>
    [
        .. Read($"""
            select   {Columns}
            from     command
            where    answered_at is null or (outcome = 'refused' and answered_at >= {since})
            order by id
            """).Where(command => command.Unvouched is { IsForged: true }),
    ];

    public AskedCommand? Find(long id) => Read($"select {Columns} from command where id = {id}") is [var command]
        ? command
        : null;

    public void Take(long id, string process, DateTimeOffset now)
    {
        using var db = _file.Open();
        db.Run($"update command set taken_at = {now}, taken_by = {process} where id = {id} and taken_at is null");
    }

    public void Answer(long id, CommandAnswer answer, DateTimeOffset now)
    {
        var outcome = answer.Outcome.ToString().ToLowerInvariant();
        using var db = _file.Open();
        db.Transact(() =>
        {
            var content = db.FindText($"""
                update command
                set    outcome = {outcome}, answer_vi = {answer.Words.In(Language.Vietnamese)}, answer_en = {answer.Words.In(Language.English)}, answered_at = {now}
                where  id = {id} and answered_at is null
                returning {AuditKinds.AnswerContent}
                """);
            if (content is not null && Judge(db, [id])[id] == Vouching.Vouched)
            {
                var reference = id.ToString(CultureInfo.InvariantCulture);
                _audit.Append(db, AuditKinds.CommandAnswer, reference, content, now.ToSql());
            }
        });
    }

    List<AskedCommand> Read(Sql sql)
    {
        using var db = _file.Open();
        db.BeginReading(); // what is judged is what was read
        var rows = db.Read(sql, row => (Command: ToCommand(row), Answer: row.Text(13)!));
        if (rows.Count == 0)
            return [];

        var judged = Judge(db, [.. rows.Select(row => row.Command.Id)]);
        return
        [
            .. rows.Select(row => IsAnswered(row.Command, row.Answer, judged[row.Command.Id])
                ? row.Command
                : row.Command with { Unvouched = Describe(row.Command, judged[row.Command.Id]) }),
        ];

        bool IsAnswered(AskedCommand command, string answer, Vouching how) => how == Vouching.Over
            && command.Answer is not null
            && AuditLog.FindContent(db, AuditKinds.CommandAnswer, command.Id) == answer;
    }

    Dictionary<long, Vouching> Judge(Db db, IReadOnlyCollection<long> ids)
    {
        var older = FindLastOlderCommand(db);
        return _audit.Judge(db, AuditKinds.Command, AuditKinds.CommandAnswer, ids).ToDictionary(
            each => each.Key,
            each => each.Value is Vouching.Missing or Vouching.NoKey && each.Key > 0 && each.Key <= older
                ? Vouching.Older
                : each.Value);
    }

    /// <summary>Says in the chain, once, up to which commands were asked before it bore them out.</summary>
    /// <param name="db">In a transaction.</param>
    void BeginCommands(Db db, string at)
    {
        if (db.FindNumber($"select command from audit_start") is > 0 and var older
            && db.FindText($"select content from audit where kind = {AuditKinds.Start} and ref = {AuditKinds.Command}")
                is null)
            _audit.Append(db, AuditKinds.Start, AuditKinds.Command, AuditKinds.OlderCommands(older), at);
    }

    /// <summary>The last command that was asked before the chain bore them out: as the chain says, once it does; 0
    /// where there was none.</summary>
    static long FindLastOlderCommand(Db db)
    {
        var older = db.FindNumber($"select command from audit_start") ?? 0;
        if (older == 0)
            return 0;

        var said = db.FindText(
            $"select content from audit where kind = {AuditKinds.Start} and ref = {AuditKinds.Command}");
        return said is not null ? (said == AuditKinds.OlderCommands(older) ? older : 0)
            : db.FindNumber($"select 1 from audit where kind = {AuditKinds.Command} limit 1") is null ? older
            : 0;
    }

    /// <returns>Null where the chain bears it out.</returns>
    static Unvouched? Describe(AskedCommand command, Vouching judged)
    {
        if (judged == Vouching.Vouched)
            return null;

        var number = command.Id.ToString(CultureInfo.InvariantCulture);
        var kind = IsWord(command.Kind) ? $" ('{command.Kind}')" : "";
        var which = new Wording(
            $"Yêu cầu số {number}{kind} trong ledger.db", $"Command {number}{kind} in ledger.db");
        var way = new Wording(
            "Dịch vụ gửi không làm theo. Hãy báo kỹ sư phụ trách: có người ghi thẳng vào ledger.db. Việc cần làm thì "
                + "yêu cầu lại bằng lệnh.",
            "The worker does not do it. Tell your engineer: somebody writes to ledger.db directly. What is to be done "
                + "is asked again by its command.");
        return new Unvouched(judged, judged switch
        {
            Vouching.Missing => which + new Wording(
                " không do chương trình ghi: chuỗi kiểm toán không có. ",
                " was not written by the program: the audit chain does not have it. ") + way,
            Vouching.Changed => which + new Wording(
                " đã bị sửa sau khi ghi: khác với chuỗi kiểm toán. ",
                " was changed after it was written: the audit chain says something else. ") + way,
            Vouching.Over => which + new Wording(
                " đã được trả lời theo chuỗi kiểm toán, nay bị ghi lại như chưa làm. ",
                " is answered by the audit chain, and was made to look as if it were not. ") + way,
            Vouching.Older => which + new Wording(
                " do phiên bản trước của chương trình ghi và chưa được làm; phiên bản này không làm theo. Nếu còn "
                    + "cần, hãy yêu cầu lại bằng lệnh.",
                " was asked by an earlier version of the program and is not done; this version does not do it. Where "
                    + "it is still wanted, ask again by its command."),
            _ => which + new Wording(
                " không kiểm tra được vì không có khóa của chuỗi kiểm toán, nên không làm theo. Hãy đặt lại tệp khóa "
                    + "(audit.keyFile) rồi yêu cầu lại bằng lệnh.",
                " cannot be checked without the key of the audit chain, and is not done. Put the key's file back "
                    + "(audit.keyFile), then ask again by its command."),
        });
    }

    /// <summary>Whether a kind can be shown: whoever wrote it may have written anything.</summary>
    static bool IsWord(string kind) =>
        kind.Length is > 0 and <= 30 && kind.All(letter => char.IsAsciiLetterLower(letter) || letter == '-');

    static AskedCommand ToCommand(Statement row) => new(
        row.Number(0), row.Text(1)!, row.Text(2), row.Text(3)!, row.Text(4)!,
        new Who(NumberMask.In(row.Text(5)!), row.Text(6)!, row.Text(7)!) { Behind = row.Text(8) },
        row.Text(9),
        row.Text(10) is { } outcome
            ? new CommandAnswer(OutcomeOf(outcome), new Wording(row.Text(11) ?? "", row.Text(12) ?? ""))
            : null);

    /// <summary>Of a word that no program has written nothing is known to be done.</summary>
    static CommandOutcome OutcomeOf(string word) => word switch
    {
        "done" => CommandOutcome.Done,
        "refused" => CommandOutcome.Refused,
        _ => CommandOutcome.Failed,
    };
}
