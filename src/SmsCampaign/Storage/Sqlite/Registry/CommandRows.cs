using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Storage.Sqlite.Registry;

/// <summary>The table command of ledger.db.</summary>
sealed class CommandRows : IAskedCommands
{
    static readonly SqlText Columns = new(
        "id, kind, run, arguments, seen, person, account, host, behind, taken_by, outcome, answer_vi, answer_en");

    readonly RegistryFile _file;

    public CommandRows(RegistryFile file) => _file = file;

    public long Ask(CommandOrder order, DateTimeOffset now)
    {
        using var db = _file.Open();
        db.Run($"""
            insert into command (run, kind, arguments, seen, person, account, host, behind, asked_at)
            values ({order.Run?.ToString()}, {order.Kind}, {order.Arguments}, {order.Seen},
                    {order.Who.Person}, {order.Who.Account}, {order.Who.Host}, {order.Who.Behind}, {now})
            """);
        return db.LastRowId;
    }

    public IReadOnlyList<AskedCommand> ReadOpen()
    {
        using var db = _file.Open();
        return db.Read($"select {Columns} from command where answered_at is null order by id", ToCommand);
    }

    public AskedCommand? Find(long id)
    {
        using var db = _file.Open();
        return db.Find($"select {Columns} from command where id = {id}", ToCommand);
    }

    public void Take(long id, string process, DateTimeOffset now)
    {
        using var db = _file.Open();
        db.Run($"update command set taken_at = {now}, taken_by = {process} where id = {id} and taken_at is null");
    }

    public void Answer(long id, CommandAnswer answer, DateTimeOffset now)
    {
        var outcome = answer.Outcome.ToString().ToLowerInvariant();
        using var db = _file.Open();
        db.Run($"""
            update command
            set    outcome = {outcome}, answer_vi = {answer.Words.In(Language.Vietnamese)}, answer_en = {answer.Words.In(Language.English)}, answered_at = {now}
            where  id = {id} and answered_at is null
            """);
    }

    static AskedCommand ToCommand(Statement row) => new(
        row.Number(0), row.Text(1)!, row.Text(2), row.Text(3)!, row.Text(4)!,
        new Who(row.Text(5)!, row.Text(6)!, row.Text(7)!) { Behind = row.Text(8) },
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
