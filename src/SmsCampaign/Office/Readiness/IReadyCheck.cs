using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office.Readiness;

/// <summary>
/// Looks at one thing that sending depends on. It changes nothing and sends nothing; several look side by side, each
/// within its <see cref="Patience"/>, and what one throws is said of that one alone.
/// </summary>
public interface IReadyCheck
{
    /// <summary>Stored with what it found: never rename one. Its heading is of
    /// <see cref="Words.ReadyWords.TitleOf"/>.</summary>
    string Name { get; }

    /// <summary>Longest it may take; after that it is not known how the thing stands. 20 s unless it says
    /// otherwise.</summary>
    TimeSpan Patience => TimeSpan.FromSeconds(20);

    /// <returns>What was found; none where the thing is no question here.</returns>
    Task<IReadOnlyList<ReadyFinding>> LookAsync(ReadyCase about, CancellationToken cancellationToken);
}

/// <summary>What a check found.</summary>
/// <param name="Found">What is so. Holds no secret.</param>
/// <param name="ToDo">What a person is to do about it; null: nothing.</param>
public sealed record ReadyFinding(ReadyLight Light, Wording Found, Wording? ToDo = null)
{
    /// <summary>As of <see cref="ReadyLine.Subject"/>.</summary>
    public string? Subject { get; init; }

    /// <summary>It was looked at and is as it must be.</summary>
    public static ReadyFinding Good(Wording found) => new(ReadyLight.Green, found);

    /// <summary>A person should know of it.</summary>
    public static ReadyFinding Note(Wording found, Wording? toDo = null) => new(ReadyLight.Amber, found, toDo);

    /// <summary>As it is, the run would not be sent, or not all of it.</summary>
    public static ReadyFinding Bad(Wording found, Wording toDo) => new(ReadyLight.Red, found, toDo);

    /// <summary>It could not be looked at: never green.</summary>
    /// <param name="why">As part of a sentence, without a full stop.</param>
    public static ReadyFinding Unknown(Wording why, Wording? toDo = null) => new(
        ReadyLight.Amber, new Wording($"chưa kiểm tra được: {why}.", $"could not be checked: {why}."), toDo);

    /// <summary>As the one finding of a check that had to ask nobody.</summary>
    public Task<IReadOnlyList<ReadyFinding>> Alone() => Task.FromResult<IReadOnlyList<ReadyFinding>>([this]);
}
