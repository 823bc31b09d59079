# shaped
