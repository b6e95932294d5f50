namespace SmsCampaign.Storage.Registry;

/// <summary>
/// What persons ask of the process that sends: on disk before it is waited for, and answered there, so that neither a
/// kill of who asks nor one of who is asked loses it.
/// </summary>
public interface IAskedCommands
{
    /// <returns>Its number.</returns>
    long Ask(CommandOrder order, DateTimeOffset now);

    /// <summary>Those without an answer in the order they were asked, taken up or not: who took one up and did not
    /// answer is gone, as only one process sends.</summary>
    IReadOnlyList<AskedCommand> ReadOpen();

    /// <returns>Null where there is none of that number.</returns>
    AskedCommand? Find(long id);

    /// <summary>On disk before anything is done of it. The first process that took it up stays named.</summary>
    /// <param name="process">Whose: PID and machine.</param>
    void Take(long id, string process, DateTimeOffset now);

    /// <summary>The first answer stays.</summary>
    void Answer(long id, CommandAnswer answer, DateTimeOffset now);
}
