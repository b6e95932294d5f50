using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

namespace SmsCampaign.Audience;

/// <summary>
/// Decodes a table strictly while it streams and takes the hash of its bytes on the way.
/// </summary>
/// <exception cref="BrokenTableException">Thrown by reading where the bytes are not of the encoding.</exception>
sealed class CheckedTextReader : TextReader
{
    /// <summary>U+FFFF, which is no character of any text (The Unicode Standard, 23.7).</summary>
    public const char Noncharacter = '\uFFFF';

    readonly Stream _file;
    readonly TableEncoding _encoding;
    readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    readonly byte[] _bytes = new byte[64 * 1024];
    int _start;
    int _end;
    bool _atEnd;

    /// <summary>Position in the file of the first byte in the buffer.</summary>
    long _bufferAt;

    /// <summary>Line ends decoded so far.</summary>
    int _lines;

    /// <summary>Second half of a surrogate pair for which the caller's buffer had no room.</summary>
    char? _pending;

    /// <param name="file">At its beginning.</param>
    /// <param name="markLength">Bytes to skip.</param>
    public CheckedTextReader(Stream file, TableEncoding encoding, int markLength)
    {
        _file = file;
        _encoding = encoding;
        Fill();
        _start = markLength;
    }

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    public override int Read(Span<char> buffer)
    {
        if (buffer.IsEmpty)
            return 0;

        if (_pending is { } second)
        {
            buffer[0] = second;
            _pending = null;
            return 1;
        }

        while (true)
        {
            var status = Decode(_bytes.AsSpan(_start, _end - _start), buffer, out var read, out var written);
            _start += read;

            // No text holds it, and a line that begins with it would be passed over as a comment.
            if (buffer[..written].IndexOf(Noncharacter) is >= 0 and var broken)
            {
                _start -= Length(buffer[broken..written]);
                written = broken;
                if (written == 0)
                    throw Broken();
            }

            // What stands before a broken byte is handed on first, so that it is reported at its own place.
            if (written > 0)
            {
                _lines += buffer[..written].Count('\n');
                return written;
            }

            switch (status)
            {
                case OperationStatus.InvalidData:
                case OperationStatus.NeedMoreData when _atEnd:
                    throw Broken();
                case OperationStatus.DestinationTooSmall:
                    return ReadHalf(buffer);
                default:
                    if (_atEnd)
                        return 0;
                    Fill();
                    break;
            }
        }
    }

    /// <summary>The hash of the whole file, whatever of it was decoded.</summary>
    public string FinishHash()
    {
        while (!_atEnd)
        {
            _start = _end;
            Fill();
        }

        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    protected override void Dispose(bool disposing)
    {
        _hash.Dispose();
        _file.Dispose();
        base.Dispose(disposing);
    }

    void Fill()
    {
        var left = _end - _start;
        _bufferAt += _start;
        _bytes.AsSpan(_start, left).CopyTo(_bytes);

        var read = _file.Read(_bytes, left, _bytes.Length - left);
        _hash.AppendData(_bytes.AsSpan(left, read));
        _atEnd = read == 0;
        _start = 0;
        _end = left + read;
    }

    OperationStatus Decode(ReadOnlySpan<byte> bytes, Span<char> chars, out int read, out int written) =>
        _encoding == TableEncoding.Utf8
            ? Utf8.ToUtf16(bytes, chars, out read, out written, replaceInvalidSequences: false, isFinalBlock: _atEnd)
            : DecodeUtf16(bytes, chars, out read, out written);

    OperationStatus DecodeUtf16(ReadOnlySpan<byte> bytes, Span<char> chars, out int read, out int written)
    {
        read = written = 0;
        while (read + 1 < bytes.Length)
        {
            var unit = UnitAt(bytes, read);
            if (!char.IsSurrogate(unit))
            {
                if (written == chars.Length)
                    return OperationStatus.DestinationTooSmall;

                chars[written++] = unit;
                read += 2;
                continue;
            }

            if (read + 3 >= bytes.Length)
                return OperationStatus.NeedMoreData;

            var second = UnitAt(bytes, read + 2);
            if (!char.IsSurrogatePair(unit, second))
                return OperationStatus.InvalidData;

            if (written + 2 > chars.Length)
                return OperationStatus.DestinationTooSmall;

            chars[written++] = unit;
            chars[written++] = second;
            read += 4;
        }

        return read == bytes.Length ? OperationStatus.Done : OperationStatus.NeedMoreData;
    }

    /// <returns>In bytes of the file.</returns>
    int Length(ReadOnlySpan<char> text) =>
        _encoding == TableEncoding.Utf8 ? Encoding.UTF8.GetByteCount(text) : text.Length * 2;

    char UnitAt(ReadOnlySpan<byte> bytes, int at) => _encoding == TableEncoding.Utf16LittleEndian
        ? (char)(bytes[at] | (bytes[at + 1] << 8))
        : (char)(bytes[at + 1] | (bytes[at] << 8));

    /// <summary>One place is left and a pair comes: to return nothing would mean the end of the file.</summary>
    int ReadHalf(Span<char> buffer)
    {
        Span<char> pair = stackalloc char[2];
        Decode(_bytes.AsSpan(_start, _end - _start), pair, out var read, out _);
        _start += read;
        buffer[0] = pair[0];
        _pending = pair[1];
        return 1;
    }

    BrokenTableException Broken()
    {
        var offset = _bufferAt + _start;
        var expected = _encoding == TableEncoding.Utf8 ? "UTF-8" : "UTF-16";
        return new BrokenTableException(_lines + 1, new Wording(
            $"Byte thứ {offset} của tệp (tính từ 0) không phải {expected}: tệp bị hỏng hoặc ghép từ hai bảng mã. "
                + $"Hãy mở trong Excel, xem lại dòng này, rồi lưu thành “CSV UTF-8”.",
            $"byte {offset} of the file (counted from 0) is not {expected}: the file is damaged or pasted together "
                + $"from two encodings. Open it in Excel, look at this line, and save it as 'CSV UTF-8'."));
    }
}

/// <summary>A table cannot be read further. Caught where the table is opened or streamed and
/// turned into a problem.</summary>
/// <param name="line">Null where the file as a whole is meant.</param>
sealed class BrokenTableException(int? line, Wording what) : Exception(what.En)
{
    public int? Line => line;

    public Wording What => what;

    /// <summary>As of <see cref="Problem.MayPass"/>.</summary>
    public bool MayPass { get; init; }
}
