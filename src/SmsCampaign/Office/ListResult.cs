using SmsCampaign.Audience;
using SmsCampaign.Campaigns;

namespace SmsCampaign.Office;

/// <summary>A campaign file as somebody looked at it who changes its lists.</summary>
/// <param name="Hash">Of its bytes.</param>
/// <param name="IsApproved">Whether it was said that a change makes its approval void.</param>
public sealed record SeenFile(string Hash, bool IsApproved);

/// <summary>The lists of a campaign file as it is, whether it is whole yet or not.</summary>
/// <param name="Stamp">Other as soon as the campaign file, a list, the installation file or one of its tables of
/// numbers is, and on another day: of their names, lengths and times of writing, and of the campaign file its content.
/// Of the other runs of the campaign it says nothing.</param>
public sealed record CampaignLists(EditedFile Edited, IReadOnlyList<ListUse> Uses, string Stamp)
{
    /// <returns>Null where there is none.</returns>
    public ListUse? Find(string use) => Uses.FirstOrDefault(each => each.Id == use);
}

/// <summary>A list of a campaign: of subscribers, for one segment or several that read the same sheets of a file, or of
/// those who asked for nothing.</summary>
/// <param name="Id">By which a form names it; of one that would be added <see cref="ListDesk.NewSuppression"/>.</param>
/// <param name="Segments">Names of those that read it; none of a suppression list.</param>
/// <param name="File">As a person is shown it; null where none is named yet.</param>
/// <param name="Path">Full path; null where it is not there, or not to be read.</param>
/// <param name="Problems">Why it is not.</param>
public sealed record ListUse(
    string Id, IReadOnlyList<string> Segments, string? File, string? Path, IReadOnlyList<Problem> Problems)
{
    public bool IsSuppression => Segments.Count == 0;

    /// <summary>Where the campaign file names it: <c>segments[1]</c>, <c>suppression[2]</c>.</summary>
    internal IReadOnlyList<string> Places { get; init; } = [];

    /// <summary>How its first segment reads it; null where it is not to be read.</summary>
    internal Segment? Read { get; init; }

    /// <summary>Columns as the campaign file names them; none where each is found by its name.</summary>
    public IReadOnlyDictionary<string, string> Columns => Read?.Columns ?? new Dictionary<string, string>();

    /// <summary>Sheets that the campaign file names.</summary>
    public IReadOnlyList<string> Sheets => Read?.Sheets ?? [];
}

/// <summary>A list as it is understood by its first rows.</summary>
/// <param name="IsTable">Whether it can be read as a table at all; the problems say why not.</param>
/// <param name="Encoding">Null of a workbook.</param>
/// <param name="Delimiter">Null of a workbook.</param>
/// <param name="Sheets">None of a CSV.</param>
/// <param name="Tables">What is read of it: none where it must be said first which sheet.</param>
/// <param name="Problems">Numbers masked.</param>
public sealed record ListSight(
    bool IsTable,
    bool IsWorkbook,
    Wording? Encoding,
    char? Delimiter,
    IReadOnlyList<ListSheet> Sheets,
    IReadOnlyList<ListTable> Tables,
    IReadOnlyList<Problem> Problems);

/// <param name="Name">On its tab, masked.</param>
public sealed record ListSheet(string Name, bool IsHidden, bool IsRead);

/// <param name="Sheet">Masked; null of a CSV.</param>
/// <param name="Line">Of the names of its columns, or of the first number where it has none.</param>
/// <param name="Rows">The first few, each with a cell a column: of columns that are used masked, of others only what
/// the letters and digits in them look like.</param>
public sealed record ListTable(
    string? Sheet, int Line, IReadOnlyList<ListColumn> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <param name="Heading">Masked; empty where it has none.</param>
/// <param name="Role">What it is used as; null where it is not.</param>
/// <param name="Key">As the campaign file calls that: phone, carrier, commune; null of a filter's.</param>
public sealed record ListColumn(string Heading, Wording? Role, string? Key)
{
    /// <summary>Whether the heading is no more than what the letters and digits of the cell look like: it may be no
    /// heading, but somebody's.</summary>
    public bool IsLook { get; init; }
}

/// <summary>What came of reading all lists of a campaign to their ends.</summary>
/// <param name="Audience">Null where something is wrong: nothing is then said of how many there are.</param>
/// <param name="Areas">Recipients by area, most first.</param>
/// <param name="Problems">Of the lists: errors and warnings, with file and line, numbers masked.</param>
/// <param name="Others">Errors that are not of a list: the campaign file is not whole yet, or something it
/// needs cannot be read.</param>
public sealed record ListCount(
    ImportedAudience? Audience,
    IReadOnlyList<(string Area, long Recipients)> Areas,
    IReadOnlyList<Problem> Problems,
    IReadOnlyList<Problem> Others)
{
    /// <summary>Why it cannot be told who has got the message already, or never wants one: there may be fewer
    /// recipients than are counted.</summary>
    public IReadOnlyList<Problem> Untold { get; init; } = [];
}

/// <summary>How far a reading has come. Safe to be looked at from another thread.</summary>
public sealed class ListProgress
{
    long _rows;

    /// <summary>That a message goes to, or that are excluded.</summary>
    public long Rows => Interlocked.Read(ref _rows);

    internal void Add() => Interlocked.Increment(ref _rows);
}

/// <summary>What came of a list that was brought.</summary>
public abstract record ListResult
{
    ListResult()
    {
    }

    /// <summary>It lies in the campaign's folder, and the campaign file names it.</summary>
    /// <param name="File">Its name there, by its content.</param>
    /// <param name="Saved">Null where the campaign file named it already.</param>
    public sealed record Taken(string File, EditResult.Saved? Saved) : ListResult;

    /// <summary>It is no list: nothing of it is kept.</summary>
    public sealed record Refused(IReadOnlyList<Problem> Problems) : ListResult;

    /// <summary>The campaign file cannot be made to name it: nothing of it is kept.</summary>
    public sealed record Unnamed(EditResult Why) : ListResult;

    /// <summary>The folder cannot be written: nothing of it is kept.</summary>
    public sealed record Unwritable(Exception Why) : ListResult;
}
