namespace SmsCampaign.Office;

/// <summary>A campaign file as it is, to be worked on.</summary>
/// <param name="Campaign">Name of its folder.</param>
/// <param name="Id">As the file says; null where it cannot be read so far.</param>
/// <param name="File">Full path.</param>
/// <param name="Text">Null where it cannot be read as text at all, which <paramref name="Problems"/> say.</param>
/// <param name="Hash">Of its bytes: what is saved is of this file and no other.</param>
/// <param name="Fields">None where YAML cannot read it without a fault: it is then changed in the whole text.</param>
/// <param name="Problems">As <c>check</c> tells them, the lists' content left out.</param>
/// <param name="Last">The version that was saved last; null where none was.</param>
public sealed record EditedFile(
    string Campaign,
    string? Id,
    string File,
    string? Text,
    string Hash,
    IReadOnlyList<EditField> Fields,
    IReadOnlyList<Problem> Problems,
    CampaignVersion? Last)
{
    /// <summary>Names of its messages, in the order of the file.</summary>
    public IReadOnlyList<string> Messages { get; init; } = [];

    /// <summary>Why it cannot be changed any more; null where it can.</summary>
    public Wording? Stop { get; init; }

    /// <summary>What a change would undo, or has undone; null where that is nothing.</summary>
    public Wording? Note { get; init; }

    /// <summary>Whether it is as it was approved: a change makes the approval void.</summary>
    public bool IsApproved { get; init; }
}

/// <summary>What came of saving a campaign file.</summary>
public abstract record EditResult
{
    EditResult()
    {
    }

    public sealed record Saved(CampaignVersion Version) : EditResult
    {
        /// <summary>Whether it is not any more as it was approved, and was before.</summary>
        public bool VoidsApproval { get; init; }
    }

    /// <summary>The file says that already.</summary>
    public sealed record Unchanged : EditResult;

    /// <summary>The file is another than the one that was worked on: nothing is saved.</summary>
    public sealed record Stale(EditedFile Now) : EditResult;

    /// <summary>It has been approved since it was looked at: nothing is saved.</summary>
    public sealed record ApprovedSince : EditResult;

    /// <summary>A value cannot be replaced where it stands: nothing is saved, and the whole text is to be
    /// changed.</summary>
    /// <param name="Line">Null where the key is not there.</param>
    public sealed record OutOfPlace(string Path, int? Line) : EditResult;

    /// <summary>What is to be saved would be no campaign file, or another's.</summary>
    public sealed record Refused(IReadOnlyList<Problem> Problems) : EditResult;

    /// <summary>As of <see cref="EditedFile.Stop"/>.</summary>
    public sealed record Stopped(Wording Why) : EditResult;

    /// <summary>Somebody else is saving at this moment.</summary>
    public sealed record Busy : EditResult;

    /// <param name="Why">What the machine said.</param>
    public sealed record Unwritable(Exception Why) : EditResult;

    /// <summary>It is not there.</summary>
    public sealed record Gone : EditResult;
}
