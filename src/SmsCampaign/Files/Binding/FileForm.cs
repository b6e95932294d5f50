namespace SmsCampaign.Files.Binding;

/// <summary>
/// How one kind of file writes a single value, and what is told its writer of what <see cref="ShapeCheck"/> finds: the
/// officer's file speaks of indentation and dashes, the engineer's of quotes and braces.
/// </summary>
/// <remarks>A path is that of a key, as <c>segments[1].priority</c>; places of JSON have their own.</remarks>
abstract class FileForm
{
    /// <summary>How its fixed words are compared.</summary>
    public abstract StringComparison Choices { get; }

    /// <summary>Errors reported so far.</summary>
    public abstract int Errors { get; }

    public abstract void Report(Place at, string path, Wording what);

    /// <summary>Whether an entry is the key's.</summary>
    public virtual bool Names(FileMember entry, FileKey key) => entry.Name == key.Name;

    /// <summary>A single value in its key's own form, with what is kept elsewhere put in; its range
    /// is not looked at.</summary>
    /// <returns>Null where it is of another kind; that has been reported.</returns>
    public abstract FileNode? Read(FileNode scalar, FileKey key, string path);

    /// <summary>A part of the file that no key describes, with what is kept elsewhere put in.</summary>
    public abstract FileNode ReadFreely(FileNode any);

    /// <param name="shape">The keys beside it.</param>
    /// <param name="meant">The one probably meant; null where that cannot be told.</param>
    /// <param name="elsewhere">Path of the key of that name that stands elsewhere; null where none does.</param>
    public abstract Wording Unknown(string name, FileKey shape, string? meant, string? elsewhere, string path);

    /// <param name="owner">Where the map's own key stands.</param>
    public abstract void ReportMissing(FileNode map, Place owner, FileKey key, string path);

    public abstract void ReportNothing(FileMember entry, FileKey key, string path);

    public abstract void ReportEmptyList(FileMember entry, FileKey key, string path);

    public abstract Wording OfAnotherKind(FileNode found, FileKey key);

    /// <summary>Of an item of a list.</summary>
    public abstract Wording ItemOfAnotherKind(FileNode found, FileKey list);

    public abstract Wording Empty { get; }

    public abstract Wording NoChoice(FileNode found, FileKey key);

    public abstract Wording OutOfRange(FileNode found, string least, string most);

    /// <summary>What is told of a value that its key does not take, where more than the fault is to be said.</summary>
    public virtual Wording Told(Wording fault, FileKey key) => fault;

    /// <returns>Null where the key's reader says better what is wrong with it.</returns>
    public abstract Wording? OfAnotherPattern(FileNode found, FileKey key);
}
