using System.Xml;

namespace SmsCampaign.Audience;

/// <summary>
/// The bytes of an XML part of a person's file. An XML reader keeps an attribute, a text and every open element whole,
/// however large: a small zip can hold one that fills the machine. Such a part is damage.
/// </summary>
sealed class GuardedStream(Stream part) : Stream
{
    /// <summary>Most bytes of one node. The largest real one is a text of 32,767 characters.</summary>
    const int MostOfNode = 8 * 1024 * 1024;

    /// <summary>Most elements within each other. A sheet has six, with what programs add some fifteen.</summary>
    const int MostDepth = 64;

    XmlReader? _reader;
    (int Line, int Column) _node;
    long _ofNode;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Says who reads: it is looked at each time it asks for more.</summary>
    public void Watch(XmlReader reader) => _reader = reader;

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (_reader is IXmlLineInfo place)
        {
            if (_reader.Depth > MostDepth)
                throw new InvalidDataException("elements are nested deeper than in any workbook");

            if (_node != (place.LineNumber, place.LinePosition))
                (_node, _ofNode) = ((place.LineNumber, place.LinePosition), 0);
            if (_ofNode > MostOfNode)
                throw new InvalidDataException("a node is longer than any of a workbook");
        }

        var read = part.Read(buffer);
        _ofNode += read;
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            part.Dispose();
        base.Dispose(disposing);
    }
}
