using System.Runtime.CompilerServices;
using System.Text;

namespace SmsCampaign.Storage.Rows;

/// <summary>
/// A statement with its values in their places: of <c>$"select hash from approval where id = {id}"</c> the id is bound,
/// and never stands in the text. Another piece of SQL is a <see cref="SqlText"/>.
/// </summary>
/// <remarks>
/// An enum is refused by the compiler: whether it is stored by its name or by its number, the statement says
/// (<c>{state.ToString()}</c>, <c>{(int)kind}</c>). For everything but what is done for every message, which keeps a
/// <see cref="Statement"/> prepared.
/// </remarks>
[InterpolatedStringHandler]
sealed class Sql
{
    readonly StringBuilder _text;
    readonly List<(bool IsNumber, long? Number, string? Text)> _values = [];

    public Sql(int literalLength, int formattedCount) => _text = new StringBuilder(literalLength + formattedCount);

    public void AppendLiteral(string text) => _text.Append(text);

    public void AppendFormatted(SqlText piece) => _text.Append(piece.Text);

    public void AppendFormatted(long? value) => Add((true, value, null));

    public void AppendFormatted(bool value) => AppendFormatted(value ? 1L : 0L);

    public void AppendFormatted(string? value) => Add((false, null, value));

    public void AppendFormatted(DateTimeOffset value) => AppendFormatted(value.ToSql());

    /// <summary>As <c>in ({kinds})</c>.</summary>
    public void AppendFormatted(IReadOnlyCollection<string> values)
    {
        var at = 0;
        foreach (var value in values)
        {
            if (at++ > 0)
                _text.Append(", ");
            AppendFormatted(value);
        }
    }

    public Statement Prepare(Db db)
    {
        var statement = db.Prepare(_text.ToString());
        for (var at = 0; at < _values.Count; at++)
        {
            if (_values[at].IsNumber)
                statement.Bind(at + 1, _values[at].Number);
            else
                statement.Bind(at + 1, _values[at].Text);
        }

        return statement;
    }

    void Add((bool IsNumber, long? Number, string? Text) value)
    {
        _values.Add(value);
        _text.Append('?');
    }
}

/// <summary>A piece of SQL, such as a list of columns, that stands in the text of a
/// <see cref="Sql"/> as it is.</summary>
readonly record struct SqlText(string Text);

/// <summary>What is done with a <see cref="Sql"/>. None is called as a method of <see cref="Db"/> is: that one
/// would be called, with the values in its text.</summary>
static class SqlExtensions
{
    /// <returns>Rows it changed.</returns>
    public static int Run(this Db db, Sql sql)
    {
        using var statement = sql.Prepare(db);
        statement.Run();
        return db.Changes;
    }

    /// <summary>Inserts a row of a table whose rows have ids.</summary>
    /// <returns>Its id; null where none was inserted.</returns>
    public static long? Insert(this Db db, Sql sql)
    {
        sql.AppendLiteral(" returning id");
        return db.FindNumber(sql);
    }

    /// <summary>All its rows.</summary>
    public static List<T> Read<T>(this Db db, Sql sql, Func<Statement, T> row)
    {
        var rows = new List<T>();
        using var statement = sql.Prepare(db);
        while (statement.Step())
            rows.Add(row(statement));
        return rows;
    }

    /// <summary>Its first row.</summary>
    /// <returns>Null where it has none.</returns>
    public static T? Find<T>(this Db db, Sql sql, Func<Statement, T?> row)
        where T : class
    {
        using var statement = sql.Prepare(db);
        return statement.Step() ? row(statement) : null;
    }

    /// <summary>The first column of its first row; null where there is none or it is null.</summary>
    public static string? FindText(this Db db, Sql sql) => db.Find(sql, row => row.Text(0));

    /// <inheritdoc cref="FindText"/>
    public static long? FindNumber(this Db db, Sql sql)
    {
        using var statement = sql.Prepare(db);
        return statement.Step() ? statement.NumberOrNull(0) : null;
    }

    /// <summary>Does all of it or, where it throws, nothing. No other process writes in between.</summary>
    public static T Transact<T>(this Db db, Func<T> work)
    {
        db.Begin();
        try
        {
            var result = work();
            db.Commit();
            return result;
        }
        catch
        {
            db.TakeBack();
            throw;
        }
    }

    /// <inheritdoc cref="Transact{T}"/>
    public static void Transact(this Db db, Action work) => db.Transact<object?>(() =>
    {
        work();
        return null;
    });
}
