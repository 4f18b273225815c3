# Akun-akun seseorang yang ditautkan.

link-code = Kode Anda berlaku sekali, selama { $time }. Di akun Anda yang lain, di Slack atau Discord, ketik { $command }.
link-code-how = Setelah itu satu jam kerja, cuti, dan fokus berlaku di keduanya. Tidak ada orang lain yang melihat tautan ini. Jangan berikan kode ini kepada siapa pun.
link-no-code = Kode belum bisa dibuat saat ini. Silakan coba lagi.
link-unknown-code = Kode ini tidak berlaku. Mungkin salah ketik, sudah dipakai, atau lebih lama dari { $time }. `/jeda link` di akun Anda yang lain memberi kode baru.
link-too-often = Beberapa kode tidak berlaku. Silakan coba lagi dalam { $time }.
link-own-code = Ini kode dari akun yang sudah tertaut dengan akun ini, atau dari akun ini sendiri. Ketik di akun Anda yang lain.
link-too-many = Paling banyak { $max } akun bisa ditautkan. `/jeda unlink` mengeluarkan satu akun.
link-done = Tertaut dengan { $places }. Jam kerja, cuti, dan fokus yang Anda atur di sini berlaku juga di sana, dan sebaliknya. Anda bekerja **{ $hours }**.
link-won = Jam kerja yang Anda atur di keduanya berbeda. Yang berlaku adalah dari { $place }, tempat kode ini dibuat.
link-done-how = `/hours` menampilkan dan mengubahnya untuk semua. `/jeda unlink` mengakhirinya untuk akun ini.
linked-with = Tertaut dengan { $places }: jam kerja, cuti, dan fokus yang Anda atur berlaku juga di sana.
unlink-done = Akun ini berjalan sendiri, dengan jam kerja yang berlaku sekarang. Akun Anda yang lain tetap dengan jam kerjanya.
unlink-none = Akun ini tidak tertaut dengan akun lain. `/jeda link` memulainya.
link-told = Kode Anda telah dipakai: { $name } di { $place } tertaut dengan akun ini. Jam kerja, cuti, dan fokus yang Anda atur berlaku di keduanya.
link-told-how = Jika itu bukan Anda, `/jeda unlink` mengakhirinya.
