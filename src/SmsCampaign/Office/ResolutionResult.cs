using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Office;

/// <summary>What somebody decides of messages of which nobody knows whether they were sent.</summary>
/// <param name="References">Of the messages meant; none where <paramref name="All"/> is set.</param>
/// <param name="All">Whether every uncertain message of the run is meant.</param>
/// <param name="As">What they are from now on; <see cref="MessageStatus.Planned"/> sends them
/// again. Null: not said.</param>
/// <param name="Reason">On what grounds; null: not said.</param>
/// <param name="IsSureOfNotSent">Whether somebody has said that a phone may get the message twice.</param>
/// <param name="Seen">With <paramref name="All"/>: how many there were when they were looked at; null where
/// that was not said.</param>
/// <param name="Mark">With <paramref name="All"/>: of the very messages that were looked at, all of the run or those of
/// a lane and cause: those alone are settled, and nothing where they are others by now. Null: whatever is
/// there.</param>
public sealed record ResolutionOrder(
    IReadOnlyList<string> References,
    bool All,
    MessageStatus? As,
    string? Reason,
    bool IsSureOfNotSent = false,
    long? Seen = null,
    UncertainMark? Mark = null)
{
    /// <summary>With <see cref="References"/>: each as it was looked at, and nothing is settled where one is otherwise
    /// by now. None: whatever they are.</summary>
    public IReadOnlyList<UncertainTick> Ticks { get; init; } = [];
}

/// <summary>What came of such a decision.</summary>
public abstract record ResolutionResult
{
    ResolutionResult()
    {
    }

    /// <summary>Nothing is settled.</summary>
    /// <param name="Findings">All of what speaks against it.</param>
    public sealed record Refused(IReadOnlyList<ResolutionFinding> Findings) : ResolutionResult;

    /// <summary>It is on disk, and recorded with name and account.</summary>
    /// <param name="Wanted">How many messages were meant; those that were not uncertain any
    /// more stay as they are.</param>
    /// <param name="IsStopped">Whether it was stopped between two pieces; asked once more it settles the rest.</param>
    /// <param name="IsHeld">Whether the run was over, so that what is to be sent again waits for an approval.</param>
    public sealed record Settled(int Messages, int Wanted, bool IsStopped, bool IsHeld) : ResolutionResult
    {
        /// <summary>Whether all was done that there was to do.</summary>
        public bool IsWhole => !IsStopped && (Messages > 0 || Wanted == 0);
    }
}

/// <summary>What speaks against a decision.</summary>
public abstract record ResolutionFinding
{
    ResolutionFinding()
    {
    }

    /// <summary>Neither messages nor all of them are meant, or both.</summary>
    public sealed record NotOneChoice : ResolutionFinding;

    public sealed record NoStatus : ResolutionFinding;

    public sealed record NoName : ResolutionFinding;

    public sealed record NoReason : ResolutionFinding;

    /// <summary>They would be sent again, and nobody has said that a phone may get the message twice.</summary>
    public sealed record NotSure : ResolutionFinding;

    /// <summary>How many there were was said of messages that are named one by one.</summary>
    public sealed record CountOfSome : ResolutionFinding;

    /// <summary>The run has no such message.</summary>
    public sealed record UnknownMessage(string Reference) : ResolutionFinding;

    /// <summary>There are more or fewer uncertain messages than were looked at.</summary>
    public sealed record OtherCount(long Seen, long There) : ResolutionFinding;

    /// <summary>They are not the messages that were looked at.</summary>
    /// <param name="Seen">How many they were.</param>
    /// <param name="There">How many there are by now, of the same lane and cause where that was meant.</param>
    public sealed record OtherMessages(long Seen, long There) : ResolutionFinding;

    /// <summary>Of the messages that were chosen one by one some are not as they were looked at.</summary>
    /// <param name="Seen">How many were chosen.</param>
    /// <param name="Same">How many of them are uncertain as they were.</param>
    public sealed record OtherTicked(long Seen, long Same) : ResolutionFinding;
}

/// <summary>The uncertain messages of a run.</summary>
/// <param name="First">In sending order, at most as many as were asked for.</param>
/// <param name="Total">How many there are.</param>
public sealed record UncertainList(IReadOnlyList<UncertainMessage> First, long Total)
{
    /// <summary>All of them by lane and cause, the most first.</summary>
    public IReadOnlyList<UncertainGroup> Groups { get; init; } = [];

    /// <summary>Of all of them.</summary>
    public required UncertainMark Mark { get; init; }

    /// <summary>The mark by now of the set that another is of; null where there is no such set any more.</summary>
    public UncertainMark? Find(UncertainMark seen) =>
        Groups.Select(group => group.Mark).Prepend(Mark).FirstOrDefault(mark => mark.Of == seen.Of);
}

/// <summary>Uncertain messages of one lane by one cause.</summary>
/// <param name="Code">The gateway's, as it came; null where none did.</param>
/// <param name="Since">When the first of them became uncertain, microseconds.</param>
public sealed record UncertainGroup(
    string Lane, Reason Why, string? Code, long Messages, long Since, UncertainMark Mark);
