using System.Buffers.Text;

namespace SmsCampaign.Reports;

/// <summary>Bytes kept back until there are enough of them to be written: millions of cells, of a few bytes
/// each.</summary>
/// <param name="stream">Left open.</param>
abstract class ByteBuffer(Stream stream)
{
    const int Size = 256 * 1024;

    /// <summary>Digits of the longest number, with its sign.</summary>
    const int LongestNumber = 20;

    byte[] _bytes = new byte[Size];
    int _length;

    protected void Append(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    protected void AppendNumber(long number)
    {
        Reserve(LongestNumber);
        Utf8Formatter.TryFormat(number, _bytes.AsSpan(_length), out var written);
        _length += written;
    }

    protected void Flush()
    {
        stream.Write(_bytes, 0, _length);
        _length = 0;
    }

    void Reserve(int more)
    {
        if (_bytes.Length - _length >= more)
            return;

        Flush();
        if (_bytes.Length < more)
            _bytes = new byte[more];
    }
}
