namespace SmsCampaign.Storage.Registry;

/// <summary>
/// What persons ask of the process that sends: on disk before it is waited for, and answered there, so that neither a
/// kill of who asks nor one of who is asked loses it.
/// </summary>
public interface IAskedCommands
{
    /// <summary>Written down together with its row in the audit chain, by which alone it is done.</summary>
    /// <returns>Its number.</returns>
    long Ask(CommandOrder order, DateTimeOffset now);

    /// <summary>Those without an answer in the order they were asked, taken up or not: who took one up and did not
    /// answer is gone, as only one process sends.</summary>
    IReadOnlyList<AskedCommand> ReadOpen();

    /// <summary>Those that somebody wrote past the program and that are not answered, or were refused since a
    /// moment.</summary>
    IReadOnlyList<AskedCommand> ReadForged(DateTimeOffset since);

    /// <returns>Null where there is none of that number.</returns>
    AskedCommand? Find(long id);

    /// <summary>On disk before anything is done of it. The first process that took it up stays named.</summary>
    /// <param name="process">Whose: PID and machine.</param>
    void Take(long id, string process, DateTimeOffset now);

    /// <summary>The first answer stays. Of a command that the audit chain bears out it stands there too, so that it is
    /// not done again by a row that was made to look unanswered.</summary>
    void Answer(long id, CommandAnswer answer, DateTimeOffset now);
}
