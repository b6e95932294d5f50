using System.Security.Cryptography;
using System.Text;

namespace SmsCampaign.Storage.Postgres;

/// <summary>Names in PostgreSQL.</summary>
static class PostgresNames
{
    /// <summary>Letters of a hash that tell names apart that are cut off.</summary>
    const int HashLetters = 16;

    /// <summary>A name that fits: one that is too long is cut off, with a hash of all of it behind.</summary>
    public static string Fit(string name) => Encoding.UTF8.GetByteCount(name) <= PostgresPlace.LongestName
        ? name
        : $"{Cut(name)}_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..HashLetters]}";

    /// <summary>As it stands in SQL.</summary>
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>As a value in SQL.</summary>
    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>The number of the lock that whoever writes to some tables has meanwhile.</summary>
    public static long LockOf(string schema) =>
        BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes($"sms-campaign/{schema}")));

    static string Cut(string name)
    {
        var left = PostgresPlace.LongestName - HashLetters - 1;
        var letters = name.Length;
        while (Encoding.UTF8.GetByteCount(name.AsSpan(0, letters)) > left)
            letters--;
        return name[..letters];
    }
}
