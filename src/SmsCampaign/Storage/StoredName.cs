namespace SmsCampaign.Storage;

/// <summary>Reads what stands in a file by the name that an enumeration has for it. A newer program may have written
/// one that this does not know.</summary>
static class StoredName
{
    /// <returns>Null where this program knows no such name: neither a number nor other letter case is one.</returns>
    public static T? Find<T>(string text)
        where T : struct, Enum => Enum.TryParse<T>(text, out var value) && value.ToString() == text ? value : null;

    /// <param name="row">By what a person finds the row. Holds no phone number.</param>
    /// <param name="file">A run's ledger.</param>
    /// <exception cref="LedgerRowException">This program knows no such name.</exception>
    public static T Read<T>(string text, string table, string row, string file)
        where T : struct, Enum => Find<T>(text) ?? throw LedgerRowException.Of(table, row, text, Expected<T>(), file);

    static Wording Expected<T>()
        where T : struct, Enum
    {
        var names = string.Join(", ", Enum.GetNames<T>());
        return new Wording($"tên mà chương trình biết ({names})", $"name that this program knows ({names})");
    }
}
