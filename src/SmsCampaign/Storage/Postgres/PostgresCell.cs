using System.Globalization;
using Npgsql;

namespace SmsCampaign.Storage.Postgres;

/// <summary>A value of a row, as <see cref="Rows.Statement"/> gives it out.</summary>
/// <param name="Value">Null: <paramref name="Number"/> is all of it. A string, bytes, or <see cref="DBNull"/>.</param>
/// <param name="Number">Of a condition 1 where it holds; 0 where it is no number.</param>
readonly record struct PostgresCell(object? Value, long Number)
{
    public string Text => Value switch
    {
        null => Number.ToString(CultureInfo.InvariantCulture),
        string text => text,
        byte[] bytes => System.Text.Encoding.UTF8.GetString(bytes),
        _ => "",
    };

    public static PostgresCell Read(NpgsqlDataReader reader, int column)
    {
        if (reader.IsDBNull(column))
            return new PostgresCell(DBNull.Value, 0);

        var type = reader.GetFieldType(column);
        return type == typeof(long) ? new PostgresCell(null, reader.GetInt64(column))
            : type == typeof(string) ? new PostgresCell(reader.GetString(column), 0)
            : type == typeof(int) ? new PostgresCell(null, reader.GetInt32(column))
            : type == typeof(bool) ? new PostgresCell(null, reader.GetBoolean(column) ? 1 : 0)
            : type == typeof(decimal) ? new PostgresCell(null, (long)reader.GetDecimal(column)) // what counts add up to
            : new PostgresCell(reader.GetFieldValue<byte[]>(column), 0);
    }
}
