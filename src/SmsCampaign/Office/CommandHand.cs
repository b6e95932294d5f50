using SmsCampaign.Conduct;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>
/// Does in the process that sends what persons ask of it from others. Each command is done once: one that a process
/// took up and did not answer, as it was killed, is looked at by the next, and its kind tells by what is in the
/// ledger whether it was done. One that the audit chain does not bear out as it stands is refused.
/// </summary>
/// <param name="process">This one, for the record.</param>
/// <param name="isSend">Whether it is <c>send</c>, which does what concerns what is being sent and no more.</param>
public sealed class CommandHand(Station station, string process, bool isSend = false)
{
    /// <summary>How often the process that sends looks whether it is asked for something.</summary>
    public static readonly TimeSpan LookEvery = Dispatch.Accounts.SendingOrders.LookEvery;

    /// <summary>The event that one was written past the program. Stored: never rename.</summary>
    internal const string Refused = "command-refused";

    /// <summary>What can be asked for. To add a kind, add its line; it must leave things as they are where
    /// it is done twice.</summary>
    static readonly Dictionary<string, Func<AskedCommand, Station, CommandAnswer>> Kinds = new()
    {
        [LaneDesk.Resume] = LaneDesk.LetGo,
        [TestDesk.Send] = TestDesk.Begin,
        [ExtendDesk.Kind] = ExtendDesk.Extend,
        [ControlDesk.Heed] = ControlDesk.HeedOrders,
    };

    /// <summary>What <c>send</c> does as well.</summary>
    static readonly HashSet<string> OfSend = [ControlDesk.Heed];

    /// <summary>Everything that can be asked for.</summary>
    internal static IReadOnlyCollection<string> AllKinds => Kinds.Keys;

    /// <summary>Whether a process takes up commands of a kind.</summary>
    /// <param name="verb">Of the process: worker or send.</param>
    public static bool TakesUp(string kind, string verb) => verb == "worker" || OfSend.Contains(kind);

    /// <summary>Does what is asked for now, each by itself.</summary>
    /// <returns>What was answered.</returns>
    /// <exception cref="Storage.LedgerException">ledger.db cannot be read or written now: what is not answered is so at
    /// the next look.</exception>
    public IReadOnlyList<(AskedCommand Command, CommandAnswer Answer)> Look()
    {
        var done = new List<(AskedCommand, CommandAnswer)>();
        foreach (var command in station.Registry.Commands.ReadOpen())
        {
            if (isSend && !OfSend.Contains(command.Kind))
                continue; // the next worker's

            station.Registry.Commands.Take(command.Id, process, station.Clock.Time.GetUtcNow());
            var answer = command.Unvouched is { } unvouched ? Refuse(command, unvouched) : Do(command);
            station.Registry.Commands.Answer(command.Id, answer, station.Clock.Time.GetUtcNow());
            done.Add((command, answer));
        }

        return done;
    }

    /// <summary>Does nothing of what the audit chain does not bear out. Persons are told, once, as of whatever else of
    /// the records was written past the program.</summary>
    CommandAnswer Refuse(AskedCommand command, Unvouched unvouched)
    {
        if (unvouched.IsForged)
        {
            var now = station.Clock.Time.GetUtcNow();
            station.Registry.RecordEvent("worker", Refused, unvouched.Words.En, now);
            AlertDesk.NoteForged(station.Registry, unvouched.Words, now);
        }

        return new CommandAnswer(CommandOutcome.Refused, unvouched.Words);
    }

    CommandAnswer Do(AskedCommand command)
    {
        if (!Kinds.TryGetValue(command.Kind, out var work))
        {
            return new CommandAnswer(CommandOutcome.Refused, new Wording(
                $"Dịch vụ gửi đang chạy không biết yêu cầu loại '{command.Kind}': có thể là phiên bản khác với lệnh "
                    + $"này. Hãy khởi động lại dịch vụ gửi bằng cùng phiên bản.",
                $"The worker that runs knows no command '{command.Kind}': it may be of another version than this one. "
                    + $"Start the worker again by the same version."));
        }

        try
        {
            return work(command, station);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException) // one command's fault stays that command's
        {
            var why = StorageFaults.Describe(fault, station.Data) ?? new Wording(
                $"Chương trình gặp lỗi ({fault.GetType().Name}). Hãy báo kỹ sư phụ trách.",
                $"The program met a fault ({fault.GetType().Name}). Tell your engineer.");
            return new CommandAnswer(CommandOutcome.Failed, new Wording(NumberMask.In(why.Vi), NumberMask.In(why.En)));
        }
    }
}
