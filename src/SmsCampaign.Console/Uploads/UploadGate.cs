namespace SmsCampaign.WebConsole.Uploads;

/// <summary>How many files may come at once, and how many of one person in a while: each takes disk, and is read once
/// it is there.</summary>
sealed class UploadGate(TimeProvider time)
{
    /// <summary>In this process.</summary>
    internal const int MostAtOnce = 4;

    /// <summary>Of one person, within <see cref="Window"/>.</summary>
    internal const int MostOfOne = 60;

    internal static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    static readonly Wording Full = new(
        $"Máy chủ đang nhận {MostAtOnce} tệp khác cùng lúc. CHƯA nhận gì; hãy gửi lại sau ít phút.",
        $"The server is taking {MostAtOnce} other files at once. NOTHING is taken; send it again in some minutes.");

    static readonly Wording Own = new(
        "Máy chủ đang nhận một tệp khác của tài khoản này. CHƯA nhận gì; chờ tệp đó xong rồi gửi lại.",
        "The server is taking another file of this account. NOTHING is taken; wait until that is done, then send it "
            + "again.");

    readonly Lock _lock = new();
    readonly HashSet<string> _within = [];
    readonly Dictionary<string, Queue<long>> _came = [];

    /// <summary>For one file: it is held until it is disposed of, and by then the file is dealt with.</summary>
    /// <param name="person">Id of who brings it.</param>
    public UploadPass PassFor(string person) => new(this, person);

    /// <returns>Why it is not let in; null where it is.</returns>
    internal Wording? Enter(string person)
    {
        lock (_lock)
        {
            Forget();
            if (_within.Contains(person))
                return Own;
            if (_within.Count >= MostAtOnce)
                return Full;
            if (!_came.TryGetValue(person, out var came))
                _came[person] = came = new Queue<long>();
            if (came.Count >= MostOfOne)
                return TooMany(came.Peek());

            came.Enqueue(time.GetTimestamp());
            _within.Add(person);
            return null;
        }
    }

    internal void Leave(string person)
    {
        lock (_lock)
            _within.Remove(person);
    }

    /// <param name="first">When the oldest came that still counts.</param>
    Wording TooMany(long first)
    {
        var free = VietnamTime.Moment(time.GetUtcNow() + Window - time.GetElapsedTime(first));
        return new Wording(
            $"Tài khoản này đã đưa lên {MostOfOne} tệp trong {Figures.Duration(Window)}. CHƯA nhận gì; gửi lại từ "
                + $"{free}.",
            $"This account has sent {MostOfOne} files within {Figures.Duration(Window)}. NOTHING is taken; send it "
                + $"again from {free} on.");
    }

    void Forget()
    {
        foreach (var (person, came) in _came.ToList())
        {
            while (came.TryPeek(out var first) && time.GetElapsedTime(first) >= Window)
                came.Dequeue();
            if (came.Count == 0)
                _came.Remove(person);
        }
    }
}

/// <summary>Lets one file in, once it is known that its form is ours.</summary>
sealed class UploadPass(UploadGate gate, string person) : IDisposable
{
    bool _isWithin;

    /// <returns>Why it is not let in; null where it is.</returns>
    public Wording? Enter()
    {
        if (_isWithin)
            return null;

        var refusal = gate.Enter(person);
        _isWithin = refusal is null;
        return refusal;
    }

    public void Dispose()
    {
        if (!_isWithin)
            return;

        _isWithin = false;
        gate.Leave(person);
    }
}
