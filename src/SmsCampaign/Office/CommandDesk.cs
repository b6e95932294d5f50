using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>What came of asking the process that sends.</summary>
public abstract record CommandResult
{
    CommandResult()
    {
    }

    /// <summary>No worker runs that could be asked: nothing was written down.</summary>
    public sealed record NobodyThere : CommandResult;

    public sealed record Answered(CommandAnswer Answer) : CommandResult;

    /// <summary>It stands in ledger.db and is done as soon as a worker looks; none has answered in time.</summary>
    /// <param name="Id">Its number.</param>
    /// <param name="IsTaken">Whether a worker took it up.</param>
    /// <param name="Worker">What can be told of the worker by now.</param>
    public sealed record Unanswered(long Id, bool IsTaken, WorkerSight Worker) : CommandResult
    {
        public Wording ToWords() => ToWords(new Wording(
            "khi trả lời được, dịch vụ gửi sẽ làm, không cần yêu cầu lại",
            "it is done as soon as a worker looks, and need not be asked again"));

        /// <param name="then">What becomes of it now.</param>
        public Wording ToWords(Wording then)
        {
            var (number, how) = (Figures.Count(Id), IsTaken
                ? new Wording("đã nhận nhưng chưa trả lời", "has taken it up and not answered")
                : new Wording("chưa trả lời", "has not answered"));
            return new Wording(
                $"Yêu cầu số {number} đã ghi vào sổ nhưng dịch vụ gửi {how}; {then}. {Worker.ToWords()}",
                $"Command {number} is on record, but the worker {how}; {then}. {Worker.ToWords()}");
        }
    }
}

/// <summary>Asks the worker for something from another process, and waits for its answer.</summary>
public sealed class CommandDesk(DataFolder data, TimeProvider time)
{
    /// <summary>How long an answer is waited for unless said otherwise: some fifty looks of the worker.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>How often it is looked for.</summary>
    static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    /// <param name="patience">How long its answer is waited for.</param>
    /// <param name="cancellationToken">Ends the waiting; what was asked stands.</param>
    public async Task<CommandResult> AskAsync(
        CommandOrder order, TimeSpan patience, CancellationToken cancellationToken)
    {
        if (!TakesUp(WorkerSight.Read(data, time.GetUtcNow()), order.Kind))
            return new CommandResult.NobodyThere();

        var commands = Ledgers.OpenRegistry(data).Commands;
        var asked = time.GetTimestamp();
        var id = commands.Ask(order, time.GetUtcNow());
        while (true)
        {
            var command = commands.Find(id);
            if (command?.Answer is { } answer)
                return new CommandResult.Answered(answer);
            if (cancellationToken.IsCancellationRequested || time.GetElapsedTime(asked) >= patience)
                return new CommandResult.Unanswered(
                    id, command?.TakenBy is not null, WorkerSight.Read(data, time.GetUtcNow()));

            await Task.Delay(LookEvery, time, cancellationToken).Quietly();
        }
    }

    static bool TakesUp(WorkerSight worker, string kind) =>
        worker is { State: WorkerState.Runs, Sign: { } sign } && CommandHand.TakesUp(kind, sign.Verb);
}
