using SmsCampaign.Files;
using SmsCampaign.Letters;

namespace SmsCampaign.Orders;

/// <summary>Where the letters to carriers are written: each file whole or not at all, in the place of an older one of
/// its name; what else lies there stays.</summary>
static class OrderFolder
{
    /// <summary>Of the program that makes the PDF, while it does.</summary>
    internal const string Scratch = "office";

    /// <param name="files">By name.</param>
    /// <returns>Their full paths.</returns>
    /// <exception cref="IOException">One cannot be written, such as one that Word has open.</exception>
    public static IReadOnlyList<string> Write(string folder, IReadOnlyList<(string Name, byte[] Content)> files)
    {
        using var ready = ReadyOrders.Make(folder, files);
        return ready.Show();
    }

    public static string LetterOf(string order) => $"cong-van-{order}.docx";

    public static string FormOf(string order) => $"bieu-bao-cao-{order}.xlsx";

    public static string QuestionsOf(string order) => $"cau-hoi-{order}.docx";

    public static string JsonOf(string order) => $"lenh-{order}.json";

    /// <summary>Of the rows of a carrier's list that a person should look at.</summary>
    public static string NotesOf(string order) => $"so-can-xem-{order}.csv";

    public static string NameOf(OrderFileKind kind, string order) => kind switch
    {
        OrderFileKind.Letter => LetterOf(order),
        OrderFileKind.Print => OfficePrinter.PdfOf(LetterOf(order)),
        OrderFileKind.Form => FormOf(order),
        OrderFileKind.Order => JsonOf(order),
        OrderFileKind.Questions => QuestionsOf(order),
        OrderFileKind.Notes => NotesOf(order),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    internal static bool IsLetter(string name) =>
        name.StartsWith("cong-van-", StringComparison.Ordinal) && name.EndsWith(".docx", StringComparison.Ordinal);

    internal static bool IsOurs(string name) =>
        name.StartsWith("cong-van-", StringComparison.Ordinal)
        || name.StartsWith("bieu-bao-cao-", StringComparison.Ordinal)
        || name.StartsWith("cau-hoi-", StringComparison.Ordinal)
        || name.StartsWith("lenh-", StringComparison.Ordinal)
        || name.StartsWith("so-can-xem-", StringComparison.Ordinal)
        || name.StartsWith(Scratch + "/", StringComparison.Ordinal);
}

/// <summary>Files that lie whole beside the folder in which they are to be shown: what is left to do cannot fail for
/// want of room.</summary>
sealed class ReadyOrders : IDisposable
{
    readonly string _folder;
    readonly FreshFolder _fresh;
    readonly List<string> _names;

    /// <summary>Letters whose PDF is to be shown: a new one, or the one that is there and is of these very
    /// bytes.</summary>
    readonly HashSet<string> _withPdf = [];

    ReadyOrders(string folder, FreshFolder fresh, List<string> names) =>
        (_folder, _fresh, _names) = (folder, fresh, names);

    /// <param name="files">By name.</param>
    /// <exception cref="IOException">One cannot be written.</exception>
    public static ReadyOrders Make(string folder, IReadOnlyList<(string Name, byte[] Content)> files)
    {
        PrivateFiles.MakeFolder(folder);
        var fresh = FreshFolder.Beside(folder, OrderFolder.IsOurs);
        try
        {
            foreach (var (name, content) in files)
            {
                using var file = PrivateFiles.Create(Path.Combine(fresh.Path, name), FileShare.None);
                file.Write(content);
                file.Flush(flushToDisk: true);
            }
        }
        catch
        {
            fresh.Dispose();
            throw;
        }

        return new ReadyOrders(folder, fresh, [.. files.Select(file => file.Name)]);
    }

    /// <summary>Makes a PDF of each letter that has none of what it says now.</summary>
    /// <returns>Why some have none; null where all have one.</returns>
    /// <exception cref="IOException">One cannot be written.</exception>
    public Wording? Print(OfficePrinter printer)
    {
        // A PDF lies beside the very letter that it was made of, or does not lie there (Show).
        var letters = _names.Where(OrderFolder.IsLetter).ToList();
        var same = letters.Where(letter => IsThere(letter) && File.Exists(PdfAt(letter))).ToList();
        var missing = letters.Except(same).ToList();
        var trouble = missing.Count == 0 ? null : printer.Print(
            [.. missing.Select(letter => Path.Combine(_fresh.Path, letter))],
            Path.Combine(_fresh.Path, OrderFolder.Scratch));
        _withPdf.UnionWith(trouble is null ? letters : same);
        return trouble;
    }

    /// <returns>Their full paths.</returns>
    /// <exception cref="IOException">One cannot be put there, such as in the place of one that Word has
    /// open.</exception>
    public IReadOnlyList<string> Show()
    {
        // An old PDF goes before its letter is another: a process that is killed in between leaves none that lies.
        foreach (var letter in _names.Where(name => OrderFolder.IsLetter(name) && !IsThere(name)))
            File.Delete(PdfAt(letter));

        var written = new List<string>();
        foreach (var name in _names)
            written.Add(Move(name));
        foreach (var pdf in _withPdf.Order(StringComparer.Ordinal).Select(OfficePrinter.PdfOf))
            written.Add(File.Exists(Path.Combine(_fresh.Path, pdf)) ? Move(pdf) : Path.Combine(_folder, pdf));
        return written;
    }

    public void Dispose() => _fresh.Dispose();

    string Move(string name)
    {
        var place = Path.Combine(_folder, name);
        File.Move(Path.Combine(_fresh.Path, name), place, overwrite: true);
        return place;
    }

    string PdfAt(string letter) => Path.Combine(_folder, OfficePrinter.PdfOf(letter));

    /// <summary>Whether the very same bytes lie there already.</summary>
    bool IsThere(string name)
    {
        var place = Path.Combine(_folder, name);
        return File.Exists(place)
            && File.ReadAllBytes(place).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(_fresh.Path, name)));
    }
}
