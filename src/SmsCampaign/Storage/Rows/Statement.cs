namespace SmsCampaign.Storage.Rows;

/// <summary>
/// A prepared statement. Parameters count from 1, columns from 0. A binding stays until it is replaced. Of several that
/// are read on one connection each may be in the middle of its rows.
/// </summary>
public abstract class Statement : IDisposable
{
    public abstract Statement Bind(int parameter, long value);

    public abstract Statement Bind(int parameter, long? value);

    public abstract Statement Bind(int parameter, string? value);

    public abstract Statement BindBlob(int parameter, ReadOnlySpan<byte> value);

    /// <returns>Whether there is a row to read.</returns>
    public bool Step() => Advance();

    /// <summary>Runs a statement that gives no rows and makes it ready for the next.</summary>
    public abstract void Run();

    public abstract void Reset();

    public abstract bool IsNull(int column);

    /// <returns>0 where it is null.</returns>
    public abstract long Number(int column);

    public long? NumberOrNull(int column) => IsNull(column) ? null : Number(column);

    public abstract string? Text(int column);

    /// <summary>The column's text; <paramref name="likely"/> itself where it says that.</summary>
    public abstract string Text(int column, string likely);

    /// <summary>The column as UTF-8, or the bytes it holds; good until the next step.</summary>
    public abstract ReadOnlySpan<byte> Utf8(int column);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    private protected abstract bool Advance();

    protected abstract void Dispose(bool disposing);
}
